# Sourced by build.sh: a repository for dnf. Each rpm is signed, and so is the index.

# dnf_packages FOLDER RPM...
dnf_packages() {
  local folder=$1 file name
  shift
  command -v rpmsign >/dev/null || { echo "repository/build.sh: needs rpmsign for rpms" >&2; exit 1; }
  mkdir -p "$folder"
  for file in "$@"; do
    name=${file##*/}
    if [ ! -e "$folder/$name" ]; then
      cp "$file" "$folder/$name.new"
      rpmsign --define "__gpg $(command -v gpg)" --define "_gpg_name $signer" --define "_gpg_digest_algo sha512" \
        ${GNUPGHOME:+--define "_gpg_path $GNUPGHOME"} --addsign "$folder/$name.new" >/dev/null 2>&1 ||
        { echo "repository/build.sh: $name could not be signed" >&2; exit 1; }
      mv "$folder/$name.new" "$folder/$name"
    elif [ "$(payload "$file")" != "$(payload "$folder/$name")" ]; then
      echo "repository/build.sh: $name is in the repository with another content; give it a new version" >&2
      exit 1
    fi
  done
}

# What of an rpm a signature does not change.
payload() { rpm -qp --nosignature --qf '%{SHA256HEADER} %{PAYLOADDIGEST}' "$1"; }

# dnf_index FOLDER: made and signed beside what is there. The lists come first and then the two files that
# name them, so that nothing unsigned is ever served.
dnf_index() (
  command -v createrepo_c >/dev/null || { echo "repository/build.sh: needs createrepo_c for an index of rpms" >&2; exit 1; }
  cd "$1"
  new=$(mktemp -d "$PWD/new.XXXXXX")
  trap 'rm -rf "$new"' EXIT
  [ ! -d repodata ] || cp -a repodata "$new/"
  # Earlier lists stay for a while: a workstation that reads meanwhile finds what its index named.
  createrepo_c --quiet --no-database --retain-old-md 3 --outputdir "$new" .
  sign detached "$new/repodata/repomd.xml" "$new/repodata/repomd.xml.asc"
  mkdir -p repodata
  for file in "$new"/repodata/*; do
    case ${file##*/} in
      repomd.xml | repomd.xml.asc) ;;
      *) cp -p "$file" "repodata/${file##*/}.new" && mv "repodata/${file##*/}.new" "repodata/${file##*/}" ;;
    esac
  done
  mv "$new/repodata/repomd.xml.asc" "$new/repodata/repomd.xml" repodata/
  for file in repodata/*; do
    case ${file##*/} in
      repomd.xml | repomd.xml.asc) ;;
      *) [ -e "$new/$file" ] || rm -f "$file" ;;
    esac
  done
)
