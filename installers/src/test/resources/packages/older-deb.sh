# Makes of a deb the same with an older version, and one still older that does not know the state that
# this one keeps. $1: the deb, $2: the version, $3: the one before it, $4: a folder to work in, $5: the
# folder for both.
set -e
dpkg-deb -R "$1" "$4/tree"
name=$(sed -n 's/^Package: //p' "$4/tree/DEBIAN/control")
sed -i "s/^Version: .*/Version: $2/" "$4/tree/DEBIAN/control"
dpkg-deb --root-owner-group -Znone --build "$4/tree" "$5/${name}_$2_amd64.deb" >/dev/null
sed -i "s/^Version: .*/Version: $3/" "$4/tree/DEBIAN/control"
sed -i 's/-gt [0-9]* \]/-gt 0 ]/' "$4/tree/DEBIAN/preinst"
rm -f "$4/tree/DEBIAN/conffiles" "$4/tree/DEBIAN/md5sums"
find "$4/tree" -mindepth 1 -maxdepth 1 ! -name DEBIAN -exec rm -r {} +
dpkg-deb --root-owner-group -Znone --build "$4/tree" "$5/${name}_$3_amd64.deb" >/dev/null
rm -r "$4/tree"
