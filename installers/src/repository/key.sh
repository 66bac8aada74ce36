# Sourced: a key of OpenPGP, and what it signs.

# use_key KEY: a file with a secret key, opened in a keyring that is thrown away, or the name of one in
# the user's own keyring, such as one on a card. Sets $signer, its fingerprint.
use_key() {
  if [ -f "$1" ]; then
    GNUPGHOME=$(mktemp -d)
    export GNUPGHOME
    trap 'gpgconf --kill all; rm -rf "$GNUPGHOME"' EXIT
    gpg --batch --quiet --import "$1" || { echo "$1 holds no key of OpenPGP that gpg takes" >&2; exit 1; }
    set -- "$1" ''
  else
    set -- "$1" "$1"
  fi
  # shellcheck disable=SC2086
  signer=$(gpg --batch --with-colons --list-secret-keys $2 2>/dev/null |
    awk -F: '$1 == "sec" { key = 1 } $1 == "fpr" && key { print $10; key = 0 }')
  case $signer in
    '') echo "$1 is neither a file with a secret key nor the name of one in the keyring" >&2; exit 1 ;;
    *[!0-9A-F]*) echo "$1 means more than one secret key; name one" >&2; exit 1 ;;
  esac
}

# sign detached|clear IN OUT
sign() {
  case $1 in
    detached) set -- "$2" "$3" --armor --detach-sign ;;
    clear) set -- "$2" "$3" --clear-sign ;;
  esac
  rm -f "$2"
  gpg --batch --quiet --local-user "$signer!" --digest-algo SHA512 "$3" ${4:+"$4"} --output "$2" "$1"
}
