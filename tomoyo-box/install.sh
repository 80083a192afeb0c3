#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# install.sh BINARY APPLETS DESTDIR PREFIX LINKS LIBDIR: installs the binary, the links by which its applets are called, the
# man pages and the shell completions.
#
# The links come from the generated table and not from the binary, which may be for another CPU.
set -euo pipefail
binary=$1 table=$2 destdir=${3%/} prefix=${4%/} links=$5 libdir=${6%/}
top=$(cd "$(dirname "$0")/.." && pwd)
case $links in symlink | hardlink) ;; *)
	echo "install: LINKS must be symlink or hardlink, not '$links'" >&2
	exit 2
	;;
esac
case $prefix in /* | '') ;; *)
	echo "install: PREFIX must be an absolute path, not '$prefix'" >&2
	exit 2
	;;
esac
case $libdir in /*) ;; *)
	echo "install: USRLIBDIR must be an absolute path, not '$libdir'" >&2
	exit 2
	;;
esac
target=$prefix/sbin/tomoyo-box

# place MODE FILE FOLDER: copies, when the file exists (a pattern without match stays a pattern).
place() {
	[ -e "$2" ] || return 0
	install -d "$destdir$3"
	install -m "$1" "$2" "$destdir$3/"
}

# Inside the prefix links are relative, so that the tree can be moved or looked at from outside; a relative link from
# /sbin would break where /sbin is itself a link to /usr/sbin.
link() {
	local path=$1
	case $path in /usr/lib/*) path=$libdir${path#/usr/lib} ;; /usr/*) path=$prefix${path#/usr} ;; esac
	[ "$path" != "$target" ] || return 0
	install -d "$destdir${path%/*}"
	if [ "$links" = hardlink ]; then
		ln -f "$destdir$target" "$destdir$path"
	elif [ "${path#"$prefix"/}" != "$path" ]; then
		ln -sfr "$destdir$target" "$destdir$path"
	else
		ln -sf "$target" "$destdir$path"
	fi
}

place 755 "$binary" "$prefix/sbin"
# Between quotes: APPLET(id, "name", "path", "more paths", "summary")
paths=$(awk -F'"' '{ print $4, $6 }' "$table")
for path in $paths; do link "$path"; done

for section in 1 5 8; do
	for page in "$top"/man/*."$section"; do place 644 "$page" "$prefix/share/man/man$section"; done
done
place 644 "$top/completions/tomoyo-box.bash" "$prefix/share/bash-completion/completions"
place 644 "$top/completions/_tomoyo-box" "$prefix/share/zsh/site-functions"
place 644 "$top/completions/tomoyo-box.fish" "$prefix/share/fish/vendor_completions.d"
# bash and fish look for a file named like the command that is being completed.
for path in $paths; do
	ln -sf tomoyo-box.bash "$destdir$prefix/share/bash-completion/completions/${path##*/}"
	ln -sf tomoyo-box.fish "$destdir$prefix/share/fish/vendor_completions.d/${path##*/}.fish"
done
echo "installed $destdir$target and $(echo "$paths" | wc -w) links"
