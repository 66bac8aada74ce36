# Makes what a story finds in /story, in the folder $2: a signed repository of the packages in $1 and of
# two versions before, the second of which does not know the state that is kept now, and a stranger's
# key. $3: the folder src of installers; $4: deb or rpm.
set -e
export GNUPGHOME=$2/keys
mkdir -m 700 "$GNUPGHOME" "$2/packages" "$2/work"
trap 'gpgconf --kill all' EXIT
for who in company stranger; do
  gpg --batch --quiet --passphrase '' --quick-generate-key "$who <$who@example.invalid>" rsa3072 sign 1y 2>/dev/null
  gpg --batch --armor --export "$who" >"$2/$who.asc"
done
gpg --batch --armor --export-secret-keys company >"$2/company.key"
for deb in "$1"/*.deb; do
  bash "$2/older-$4.sh" "$deb" 0.0.9 0.0.8 "$2/work" "$2/packages" "$3"
done
bash "$3/repository/build.sh" "$2/packages" "$2/repository" "$2/company.key"
rm -r "$2/packages" "$2/work"
mkdir "$2/packages"
cp "$1"/*."$4" "$2/packages/"
bash "$3/repository/build.sh" "$2/packages" "$2/repository" company
rm -r "$2/packages"
