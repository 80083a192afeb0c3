// SPDX-License-Identifier: GPL-2.0-only
// What init-policy knows of systems: names of files, directories and programs, and nothing else.
//
// Every name is looked up in the root; one that is not there adds nothing to the policy. Words are
// separated by blanks.
#pragma once

#include <string_view>

namespace policy::data {

// Read by nearly every program; the kernel's own files are there on every system.
constexpr std::string_view common_files =
    "/etc/ld.so.cache /proc/meminfo /proc/sys/kernel/version /etc/localtime "
    "/usr/lib/gconv/gconv-modules.cache /usr/lib32/gconv/gconv-modules.cache "
    "/usr/lib64/gconv/gconv-modules.cache /usr/share/locale/locale.alias";

// Below the first two there may be one more directory per architecture ("x86_64-linux-gnu").
constexpr std::string_view library_directories =
    "/lib /usr/lib /lib32 /usr/lib32 /lib64 /usr/lib64 /libx32 /usr/libx32 "
    "/usr/X11R6/lib";
constexpr std::string_view multiarch_directories = "/lib /usr/lib";

// How the kernel calls back, unless the running kernel can be asked.
constexpr std::string_view kernel_helpers = "/sbin/modprobe /sbin/hotplug";

constexpr std::string_view script_directories = "/etc/init.d";
constexpr std::string_view scripts = "/etc/rc /etc/rcS /etc/rc.local /etc/rc.sysinit";

// Where links S00name and K00name to those scripts are.
constexpr std::string_view run_level_directories =
    "/etc/boot.d /etc/rc.d /etc/rc.d/boot.d /etc/init.d/boot.d "
    "/etc/rc0.d /etc/rc1.d /etc/rc2.d /etc/rc3.d /etc/rc4.d /etc/rc5.d /etc/rc6.d /etc/rcS.d "
    "/etc/rc.d/rc0.d /etc/rc.d/rc1.d /etc/rc.d/rc2.d /etc/rc.d/rc3.d /etc/rc.d/rc4.d /etc/rc.d/rc5.d "
    "/etc/rc.d/rc6.d /etc/rc.d/rcS.d";

constexpr std::string_view systemd = "/lib/systemd/systemd /usr/lib/systemd/systemd";

// Where tomoyo-loadpolicy and its companions may be installed; the first place is the usual one.
constexpr std::string_view tool_directories = "/usr/sbin /sbin /usr/local/sbin /usr/bin /usr/local/bin /bin "
                                              "/usr/lib/tomoyo /usr/lib64/tomoyo";

// The tools that write to the kernel interface, in the order of the old manager.conf.
constexpr std::string_view writing_tools =
    "tomoyo-loadpolicy tomoyo-editpolicy tomoyo-setlevel tomoyo-setprofile tomoyo-queryd";

// Programs that begin something new wherever they are started from: each gets the domain "<kernel> PROGRAM".
struct Programs {
    bool busybox;      // looked for in BusyBox roots
    bool distribution; // looked for in distribution roots
    std::string_view directories;
    std::string_view names;
};

constexpr std::string_view program_directories =
    "/sbin /usr/sbin /bin /usr/bin /usr/local/sbin /usr/local/bin";

constexpr Programs programs[] = {
    {true, true, program_directories,
     "acpid anacron atd avahi-daemon bluetoothd chronyd collectd connmand cron crond cupsd dbus-daemon "
     "dhclient dhcpcd "
     "dhcpd dnsmasq dropbear exim4 getty gpsd haproxy hostapd httpd inetd init irqbalance iwd klogd lighttpd "
     "lldpd memcached mosquitto named nginx nmbd ntpd openvpn php-fpm portmap proftpd redis-server rngd "
     "rpc.mountd "
     "rpc.statd rpcbind rsyslogd smbd snmpd squid sshd stubby syslog-ng syslogd tor udevd udhcpc udhcpd "
     "unbound "
     "valkey-server vsftpd watchdog wpa_supplicant xinetd zabbix_agentd"},
    {true, false, program_directories,
     "dnsd fakeidentd ftpd ifplugd mdev nbd-server runsvdir svlogd tcpsvd telnetd tftpd udhcpc6 udpsvd zcip "
     "logd netifd odhcpd procd rpcd ubusd uhttpd urngd"},
    {false, true, program_directories,
     "ModemManager NetworkManager afpd agetty apache2 apmd atalkd auditd boltd caddy cannaserver cardmgr "
     "containerd "
     "coredns cpuspeed crio cups-browsed dbus-broker-launch dbus-daemon-1 dockerd dovecot elogind etcd "
     "fail2ban-server "
     "firewalld gdm gdm3 gpm gssproxy hald htt iscsid jserver k3s kea-dhcp4 kubelet libvirtd lightdm lircd "
     "logrotate "
     "lpd mDNSResponder mariadbd mdadm mingetty monit multipathd mysqld netdata nfsdcld nifd nscd nslcd "
     "oddjobd "
     "ofonod opensmtpd papd pcscd pdns_server privoxy prometheus prosody qemu-ga radvd rpc.gssd rpc.idmapd "
     "rpc.rquotad salt-minion sddm sendmail.sendmail slapd smartd smtpd spamd sssd stunnel thermald "
     "transmission-daemon tuned usbmuxd uuidd virtlogd virtqemud vmtoolsd vmware-guestd xrdp xrdp-sesman "
     "zed"},
    {false, true, "/lib/systemd /usr/lib/systemd",
     "systemd-coredump systemd-homed systemd-hostnamed systemd-importd systemd-initctl "
     "systemd-journal-gatewayd "
     "systemd-journal-remote systemd-journal-upload systemd-journald systemd-localed systemd-logind "
     "systemd-machined "
     "systemd-networkd systemd-nsresourced systemd-oomd systemd-portabled systemd-resolved systemd-timedated "
     "systemd-timesyncd systemd-udevd systemd-userdbd"},
    {false, true, "/usr/libexec /usr/lib",
     "accounts-daemon bluetooth/bluetoothd boltd colord fwupd/fwupd low-memory-monitor packagekitd "
     "polkit-1/polkitd polkitd postfix/master postfix/sbin/master power-profiles-daemon rtkit-daemon "
     "udisks2/udisksd upowerd upower/upowerd"},
    {false, true, "/usr/X11R6/bin", "xfs"},
};

} // namespace policy::data
