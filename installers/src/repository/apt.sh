# Sourced by build.sh: the index of a repository for apt.

# One paragraph for each package of an architecture, as apt wants to read it.
apt_packages() { # apt_packages ARCHITECTURE, in the repository's folder
  local file
  for file in pool/*_"$1".deb; do
    [ -e "$file" ] || continue
    dpkg-deb -f "$file"
    printf 'Filename: %s\nSize: %s\nSHA256: %s\n\n' "$file" "$(stat -c %s "$file")" "$(sha256sum <"$file" | cut -d ' ' -f 1)"
  done
}

# apt_index FOLDER: writes what is new beside what is there, and Release last: a workstation that reads
# meanwhile finds each file by its hash, old or new, never a mixture.
apt_index() (
  cd "$1"
  release=dists/stable
  new=$(mktemp -d "$PWD/new.XXXXXX")
  trap 'rm -rf "$new"' EXIT
  sums=
  for architecture in amd64 arm64; do
    index=main/binary-$architecture
    mkdir -p "$new/$index" "$release/$index/by-hash/SHA256"
    apt_packages "$architecture" >"$new/$index/Packages"
    gzip -9n <"$new/$index/Packages" >"$new/$index/Packages.gz"
    for file in Packages Packages.gz; do
      hash=$(sha256sum <"$new/$index/$file" | cut -d ' ' -f 1)
      cp "$new/$index/$file" "$release/$index/by-hash/SHA256/$hash"
      mv "$new/$index/$file" "$release/$index/$file"
      sums="$sums $hash $(stat -c %s "$release/$index/$file") $index/$file"$'\n'
    done
  done
  now=$(date +%s)
  cat >"$new/Release" <<RELEASE
Origin: Interdict
Label: Interdict
Suite: stable
Codename: stable
Date: $(date -d "@$now" -R)
Valid-Until: $(date -d "@$((now + days * 86400))" -R)
Acquire-By-Hash: yes
Architectures: amd64 arm64
Components: main
Description: Interdict's agent and policy server
SHA256:
$sums
RELEASE
  sed -i '/^$/d' "$new/Release"
  sign detached "$new/Release" "$new/Release.gpg"
  sign clear "$new/Release" "$new/InRelease"
  chmod 644 "$new"/*Release*
  mv "$new/Release" "$new/Release.gpg" "$release/"
  mv "$new/InRelease" "$release/"
)
