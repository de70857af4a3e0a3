-- What stands alike on the pages of a host, learnt by reading the archive again. `paragraph` is simplified, without spaces.
CREATE TABLE host_chrome (
    host TEXT NOT NULL,
    paragraph TEXT NOT NULL,
    PRIMARY KEY (host, paragraph)
) STRICT
