# SPDX-License-Identifier: GPL-2.0-only
# Prints a domain policy of DOMAINS domains with LINES entries each, as a busy server's would look, in the form in
# which the kernel prints it.
#
# usage: awk -f make-policy.awk -v domains=500 -v lines=140 [-v distinct=1]
#
# With distinct=1 no two domains have an entry in common.

function name(i) { return words[i % count + 1] "-" int(i / count) }

# The entry number I of a domain; different numbers never make the same entry.
function entry(i, n) {
	n = name(i)
	if (i % 20 == 0) return "file execute /usr/bin/" n " exec.realpath=\"/usr/bin/" n "\" exec.argv[0]=\"" n "\""
	if (i % 20 == 1) return "file read /proc/\\$/status." n
	if (i % 20 == 2) return "file create /var/lib/" n "/data 0644"
	if (i % 20 == 3) return "file mkdir /var/cache/" n "/ 0755"
	if (i % 20 == 4) return "file rename /var/tmp/" n ".new /var/tmp/" n
	if (i % 20 == 5) return "file ioctl /dev/" n " 0x" sprintf("%X", 21505 + i)
	if (i % 20 == 6) return "network inet stream connect 10." int(i / 65536) % 256 "." int(i / 256) % 256 "." i % 256 " " 1 + i % 65535
	if (i % 20 == 7) return "network inet dgram bind/send 192.168.0.0-192.168.255.255 " 1 + i % 65535
	if (i % 20 == 8) return "network unix stream connect /run/" n "/socket"
	if (i % 20 == 9) return "misc env " toupper(words[i % count + 1]) "_" i
	if (i % 20 == 10) return "file read/write/append/truncate /var/log/" n "/\\*.log"
	if (i % 20 == 11) return "file unlink /var/spool/" n "/\\$-\\$.tmp"
	if (i % 20 == 12) return "file read/getattr /usr/share/" n "/\\{\\*\\}/\\*.conf task.uid=0"
	if (i % 20 == 13) return "file chmod/chown /srv/www/" n "/index.html 0-07777 path1.uid=1000"
	if (i % 20 == 14) return "file mount /dev/" n " /mnt/" n "/ ext4 0x0"
	if (i % 20 == 15) return "file mkchar /dev/" n " 0600 " i % 256 " " int(i / 256) % 256
	if (i % 20 == 16) return "file read /usr/lib/x86_64-linux-gnu/lib" n ".so.\\$"
	if (i % 20 == 17) return "file getattr /usr/share/locale/" n "/LC_MESSAGES/messages.mo"
	if (i % 20 == 18) return "file read/write/unlink/getattr /home/\\*/." n "/settings"
	return "file read /etc/" n "/" n ".conf"
}

BEGIN {
	count = split("apache bind cron dbus exim ftpd getty httpd inetd journal kerberos ldap mysql nginx openvpn " \
		      "postgres quota rsync samba tftp udev vsftpd winbind xinetd ypbind zebra", words)
	for (d = 0; d < domains; d++) {
		print "<kernel> /usr/sbin/" name(d) " /bin/sh /usr/lib/" name(d) "/worker"
		print "use_profile " d % 4
		print "use_group 0"
		print ""
		for (i = 0; i < lines; i++) print entry(distinct * d * lines + i)
		print ""
	}
}
