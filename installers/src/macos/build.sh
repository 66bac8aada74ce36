#!/usr/bin/env bash
# Makes the agent's package for macOS, on macOS: pkgbuild and productbuild, signed and notarised where
# the identities are given. With --tree it stops at the tree of files, which every system can make.
#
# build.sh [--tree] DIST CLASS-PATH OUT VERSION TIME
#   INTERDICT_MAC_APP_IDENTITY  "Developer ID Application: …"; without it nothing is signed
#   INTERDICT_MAC_PKG_IDENTITY  "Developer ID Installer: …"
#   INTERDICT_NOTARY_PROFILE    a profile of "notarytool store-credentials"; without it not notarised
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

only_tree=
if [ "$1" = --tree ]; then
  only_tree=yes
  shift
fi
here=$(cd "$(dirname "$0")" && pwd)
dist=$1 class_path=$2 out=$3 version=$4 time=$5
project=$(cd "$here/../../.." && pwd)
identifier=com.interdict.agent
tree=$out/macos-tree
home=$tree/Library/Interdict

rm -rf "$tree"
mkdir -p "$home/bin" "$home/lib/native" "$home/share" "$home/etc" "$tree/usr/local/bin"
cp -R "$here/tree/." "$tree/"
install -m 755 "$here/bin/enrol-once" "$here/bin/guard" "$here/bin/uninstall" "$dist/bin/interdict-agent" "$home/bin/"
install -m 644 "$here/enrol.conf" "$project/LICENSE" "$home/share/"
install -m 644 "$dist/lib/launch.sh" "$dist/lib/interdict-agent-$version.jar" "$home/lib/"
tr ':' '\n' <"$class_path" | while read -r jar || [ -n "$jar" ]; do
  install -m 644 "$jar" "$home/lib/"
done
for arch in aarch64 x86-64; do
  mkdir -p "$home/lib/native/darwin-$arch"
  unzip -q -o -j "$home/lib"/jna-jpms-*.jar "com/sun/jna/darwin-$arch/libjnidispatch.jnilib" -d "$home/lib/native/darwin-$arch"
done
ln -s /Library/Interdict/bin/interdict-agent "$tree/usr/local/bin/interdict-agent"
if [ -n "$only_tree" ]; then
  exit 0
fi

java_home=${JAVA_HOME:?macos/build.sh: set JAVA_HOME to a JDK 25}
modules=java.base,java.logging,java.management,java.net.http,java.xml,jdk.httpserver,jdk.localedata,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs
"$java_home/bin/jlink" --add-modules "$modules" --include-locales=en,zh --strip-debug --no-header-files \
  --no-man-pages --vm server --output "$home/runtime"

if [ -n "${INTERDICT_MAC_APP_IDENTITY:-}" ]; then
  # Inside out: each library and program by itself, with the hardened runtime that notarisation asks
  # for and the exceptions that a Java needs.
  find "$home" -type f \( -name '*.dylib' -o -name '*.jnilib' -o -perm -111 \) -print0 |
    while IFS= read -r -d '' file; do
      case $(file -b "$file") in
        Mach-O*) codesign --force --timestamp --options runtime --entitlements "$here/java.entitlements" \
          --identifier "$identifier" --sign "$INTERDICT_MAC_APP_IDENTITY" "$file" ;;
      esac
    done
fi
find "$tree" -exec touch -h -t "$(date -u -j -f %Y-%m-%dT%H:%M:%SZ "$time" +%Y%m%d%H%M.%S)" {} +

component=$out/component.pkg
package=$out/interdict-agent-${version%%-*}-$(uname -m).pkg
pkgbuild --root "$tree" --identifier "$identifier" --version "${version%%-*}" --scripts "$here/scripts" \
  --ownership recommended --install-location / "$component"
if [ -n "${INTERDICT_MAC_PKG_IDENTITY:-}" ]; then
  productbuild --package "$component" --sign "$INTERDICT_MAC_PKG_IDENTITY" --timestamp "$package"
else
  echo "macos/build.sh: no INTERDICT_MAC_PKG_IDENTITY, so the package is not signed" >&2
  productbuild --package "$component" "$package"
fi
rm -rf "$component" "$tree"
if [ -n "${INTERDICT_NOTARY_PROFILE:-}" ]; then
  xcrun notarytool submit "$package" --keychain-profile "$INTERDICT_NOTARY_PROFILE" --wait
  xcrun stapler staple "$package"
fi
(cd "$out" && shasum -a 256 -- *.pkg >SHA256SUMS.macos)
