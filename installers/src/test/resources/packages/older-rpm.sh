# Makes of a deb's files an rpm with an older version, and one still older that does not know the state
# that this one keeps. $1: the deb, $2: the version, $3: the one before it, $4: a folder to work in, $5:
# the folder for both, $6: the folder src of installers. And, once, the package that tells an rpm
# database what Debian has.
set -e
here=$6/packages work=$4 out=$5 rpm_arch=$(uname -m) tree=$4/tree
# Not pressed: it is thrown away at once.
sed 's/w15\.zstdio/w0.ufdio/' "$here/lib/rpm.sh" >"$work/rpm.sh"
. "$work/rpm.sh"
name=$(dpkg-deb -f "$1" Package)
dpkg-deb -x "$1" "$tree"
release=$2
rpm "$name"
rm -r "$tree"
mkdir -p "$tree/usr/lib/$name"
echo 0 >"$tree/usr/lib/$name/state-version"
release=$3
rpm "$name"
rm -r "$tree"
cat >"$work/system.spec" <<SPEC
Name: system
Version: 1
Release: 1
Summary: What Debian has of what rpms ask for
License: Apache-2.0
BuildArch: noarch
Provides: /bin/sh, glibc = 2.36, util-linux = 2.38, shadow-utils = 4.13
%description
Nothing but names.
%files
SPEC
rpmbuild -bb --quiet --define "_topdir $work/system" --define "_rpmdir $out/.." --define "_rpmfilename system.rpm" "$work/system.spec"
