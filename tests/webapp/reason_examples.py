"""A reason of every wording the crawler has, as it stands in crawl.db or in an answer's place within one."""

EXAMPLES = """\
it answered 503; asked 4 times
it answered 503; to be asked again
it answered 503 (5 failures in a row)
www.example.org is left alone: it answered 503 (6 failures in a row)
attachment http://www.example.org/a.pdf: it answered 403
part http://www.example.org/a_2.html: it answered 500; to be asked again
redirected (301) to http://other.example/a: on another host, other.example; add it to the source's `within` if it \
belongs there
redirected (302) to http://www.example.org/a: to itself
redirected (meta refresh) to http://www.example.org/a: more than 5 times
to itself
more than 5 times
part http://www.example.org/a_2.html: more redirects than are followed
more redirects than are followed
it leads on to http://www.example.org/b
not an annual report of a kind wanted: 政府工作报告、法治政府建设年度报告; it is 政策文件
not an annual report of a kind wanted: 法治政府建设年度报告; it says 督察
not an annual report of a kind wanted: 法治政府建设年度报告
of a kind the source does not want: 政策文件
its title is one the source leaves
a user's name stands in its address
on another host, other.example:8080; add it to the source's `within` if it belongs there
on another host, ; add it to the source's `within` if it belongs there
robots.txt forbids it (rules)
robots.txt asks for 100,000 s between requests: left alone
robots.txt could not be had (forbid all: 503): nothing is asked for
rules
allow all: no rules in it
allow all: more than 5 redirects
allow all: 404
forbid all: 503
forbid all: timeout
forbid all: unreachable
forbid all: broken
forbid all: too large
forbid all: not asked, no host of that name
forbid all: 304 to a request without conditions
in place of the list stands a notice that the page is not there
in place of the page stands a login
a login
an anti-bot challenge
a firewall's refusal
a notice of maintenance
a notice that the page is not there
it answered 403
nothing stands there (404)
410 for a week: marked 已撤下
404: asked again after a week before it is marked 已撤下
no host of that name
its name cannot be looked up: no answer in time
cannot be connected to: Connection refused
no whole answer within 30 s
no sound answer: Server disconnected without sending a response.
no answer in time
Connection refused
Connection reset by peer
Connection timed out
Network is unreachable
No route to host
Temporary failure in name resolution
Server disconnected without sending a response.
certificate has expired
self-signed certificate
self-signed certificate in certificate chain
unable to get local issuer certificate
Hostname mismatch, certificate is not valid for 'www.example.org'.
answers 304 to a request without conditions
announces 99,000,000 bytes, more than 20,000,000
sends more than 20,000,000 bytes
unpacks to more than 20,000,000 bytes
packed in a way that was not asked for: br
packed 3 times over
packed in more than 1,000 parts
packed with gzip, and cut short
says it is packed with gzip, and is not or is damaged
leads to 'ftp://www.example.org/': only http and https are asked, not ftp
set [crawl] project and contact so that webmasters can reach you
port 22 is not one of a web server
wiki.corp is a name of a local network
0x7f.1 is an address in an unusual spelling
'a..b' is no host name
names no host
names port 0
names an interface of this machine
longer than 2083 characters
holds white space or control characters
holds a user name or password
holds brackets around what is no IPv6 address
only http and https are asked, not an address without a scheme
10.0.0.1 is in a private network
no address of a host
in a private network
behind a carrier's translation
this machine itself
a cloud's own service
link-local
reserved for protocols
reserved for protocols (Teredo and others)
for documentation
a 6to4 relay
a 6to4 address, which holds another
for benchmarks
for multicast
reserved
fe80::1 is not on the public network
not on the public network
an address of more than 2,083 characters
more than 20 links away
not an address
more than 16 folders deep
the same folders three times over
a session's own address
a day that no calendar of reports has
more than 20 parameters
a .zip file
outside the hours allowed, 22:00-06:00
www.example.org may next be asked in 1,200 s
stopped
the list was read, but no link on it announces a report of a kind wanted
nothing on the page matches 'ul.list': has it been redesigned?
'ul..' is not a CSS selector: Malformed class selector at position 2
not a CSS selector: ul..
broken gzip: Error -3 while decompressing data
broken XML: Document is empty
not read: a feed or sitemap that declares entities of its own
not read: unpacks to more than 50 MB
a page of links, not a report
no body: only an attachment and 12 characters of text
no body: only 12 Chinese characters and digits, at least 60 expected
empty
the report is in an attachment: 2023年法治政府建设年度报告 (.wps is not read)
the report is in an attachment: 2023年法治政府建设年度报告
a .doc of the old Word format is not read
a zip archive that is no .docx (xlsx, ofd, zip): not read
a zip archive that is broken or cut short
an RTF document is not read
a rar archive is not read
neither a PDF nor a DOCX
attachment http://www.example.org/a.pdf: image only: the PDF holds pictures of pages; needs OCR, not read
image only: the PDF holds pictures of pages; needs OCR, not read
a PDF without pages
a PDF of 1,200 pages: more than 500 are not read
a PDF locked with a password
a PDF that is broken or cut short
a DOCX that is broken or cut short
a DOCX that unpacks to 120 MB in 2,100 files: not read
a DOCX that unpacks to 300 times its size: not read
binary, not text: this is an image
binary, not text
a PDF
a zip archive (docx, xlsx, ofd)
an Office document (doc, xls)
an RTF document
an image
a 7z archive
gzip-compressed
a report on more than the 31 pages that are taken
62 MB: larger than a document may be (50 MB)
more than 3,000,000 characters: no report is as long
11,000,000 characters: larger than the limit of 10,000,000 for a page or text
11,000,000 bytes: larger than the limit of 10,000,000 for a page or text file
not read: stopped after 20 s
not read: needs more memory than a page may have
not read: more than 1,000 tags within one another
not read: a <div> with thousands of attributes
not read: the reading process died (exit status -9)
the reading process did not start within 60 s
no division has the code 123456; add it to a table named in [regions] extra
not read: TypeError: unsupported operand
云岫省: its list has moved to http://www.example.org/new/; put that into config.toml
云岫省: 500 pages were asked for, as many as one run takes (max_pages)
www.example.org: 4 addresses stay queued for the next crawl
3 addresses were in flight when a crawl was ended: queued again
stopped by a signal; what is queued stays queued
ended early: OSError: No space left on device
the clock was set by +3600 s during the crawl; paces went by time passed
crawl-20240601.warc.gz: torn tail of 1,024 bytes cut
crawl-20240601.warc.gz: whole, closed
crawl-20240601.warc.gz: no whole record in it, removed
crawl-20240601.warc.gz: is there closed, too; the open one is left as it is
云岫省: http://www.example.org/list/: it answered 500; to be asked again
www.example.org: robots.txt asks for 100,000 s between requests: left alone
""".splitlines()
