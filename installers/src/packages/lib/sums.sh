# Sourced by build.sh: SHA256SUMS of what was made, and its signature.

sums() {
  (cd "$out" && find . -maxdepth 1 -type f ! -name 'SHA256SUMS*' -printf '%P\0' | sort -z | xargs -0 sha256sum >SHA256SUMS)
  if [ "$key" = - ]; then
    echo "build.sh: nothing was signed: no key was given (-Dinterdict.sign.key=FILE)" >&2
  else
    sign detached "$out/SHA256SUMS" "$out/SHA256SUMS.asc"
  fi
}
