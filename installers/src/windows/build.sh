#!/usr/bin/env bash
# Makes the agent's MSI on Linux, byte for byte the same each time from the same files.
#
# build.sh DIST CLASS-PATH PROCRUN OUT VERSION TIME [RUNTIME]
#   DIST        the distribution's folder (bin, lib)
#   CLASS-PATH  file that names the agent's libraries, with ":" between them
#   PROCRUN     commons-daemon-1.4.1-bin-windows.zip
#   OUT         where the package goes
#   TIME        what every file in it bears at the latest, such as 2026-11-21T00:00:00Z
#   RUNTIME     a Windows Java 25 made by jlink; without it the package asks for an installed one
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

here=$(cd "$(dirname "$0")" && pwd)
dist=$1 class_path=$2 procrun=$(realpath "$3") out=$(realpath -m "$4") version=$5
epoch=$(date -d "$6" +%s)
runtime=${7:-}
java=${JAVA_HOME:?build.sh: set JAVA_HOME to a JDK 25}/bin
project=$(cd "$here/../../.." && pwd)

# Of the release that was looked at: its signature by the ASF was checked with osslsigncode.
procrun_sha256=493c2a6cdf8577811dffb805595709ea1cfeade67cc14d4603e294d468145d97

# What Windows calls this product for ever: never change it.
upgrade_code=6D1F3F0C-8A0B-5D7C-9E0E-2E5B1C7A4F31

for tool in wixl msibuild unzip; do
  command -v "$tool" >/dev/null || {
    echo "windows/build.sh: no $tool here, so no MSI is made (apt-get install wixl msitools unzip)" >&2
    exit 0
  }
done
echo "$procrun_sha256  $procrun" | sha256sum --check --quiet || {
  echo "windows/build.sh: $procrun is not the file that was looked at" >&2
  exit 1
}
if [ -n "$runtime" ] && [ ! -f "$runtime/bin/server/jvm.dll" ]; then
  echo "windows/build.sh: $runtime is no Windows Java: bin/server/jvm.dll is missing" >&2
  exit 1
fi

# Windows Installer compares three numbers.
product_version=${version%%-*}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree
mkdir -p "$tree/bin" "$tree/lib/native" "$tree/legal"

tr -d '\r' <"$here/interdict-agent.cmd" | sed 's/$/\r/' >"$tree/bin/interdict-agent.cmd"
install -m 644 "$dist/lib/interdict-agent-$version.jar" "$tree/lib/"
tr ':' '\n' <"$class_path" | while read -r jar || [ -n "$jar" ]; do
  install -m 644 "$jar" "$tree/lib/$(basename "$jar")"
done
# Shipped unpacked, so that a program that runs as the system never loads code out of a folder for
# temporary files.
unzip -q -o -j "$tree/lib"/jna-jpms-*.jar com/sun/jna/win32-x86-64/jnidispatch.dll -d "$tree/lib/native"
unzip -q -o -j "$procrun" amd64/prunsrv.exe -d "$tree/bin"
mv "$tree/bin/prunsrv.exe" "$tree/bin/InterdictAgent.exe"
unzip -q -o -j "$procrun" LICENSE.txt NOTICE.txt -d "$tree/legal"
mv "$tree/legal/LICENSE.txt" "$tree/legal/procrun-LICENSE.txt"
mv "$tree/legal/NOTICE.txt" "$tree/legal/procrun-NOTICE.txt"
install -m 644 "$project/LICENSE" "$tree/legal/LICENSE.txt"
if [ -n "$runtime" ]; then
  cp -r "$runtime" "$tree/runtime"
fi
find "$tree" -exec touch -h -d "@$epoch" {} +
chmod -R u=rwX,go=rX "$tree"

digest() { sha256sum | cut -d' ' -f1; }

# The same text, the same identifier.
guid() {
  printf '%s' "$1" | digest | sed -E 's/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/\1-\2-5\3-A\4-\5/' | tr a-f A-F
}

# Who changes a file, the version or what is told to Windows makes another product of the same line.
content=$(cd "$tree" && find . -type f -print0 | sort -z | xargs -0 sha256sum; cat "$here"/build.sh "$here"/tables.sh)
product_code=$(guid "product $version $content")

id() { printf '%s' "$1" | digest | cut -c1-16; }

# folder PATH: what is in it, each file as a component of its own. PATH is empty or ends in a slash.
folder() {
  local entry path
  for entry in "$tree/$1"*; do
    path=${entry#"$tree/"}
    if [ -d "$entry" ]; then
      echo "<Directory Id=\"d$(id "$path")\" Name=\"$(basename "$path")\">"
      folder "$path/"
      echo "</Directory>"
    else
      echo "c$(id "$path")" >>"$work/components"
      echo "<Component Id=\"c$(id "$path")\" Guid=\"$(guid "component $path")\" Win64=\"yes\">"
      echo "<File Id=\"f$(id "$path")\" Name=\"$(basename "$path")\" Source=\"tree/$path\" KeyPath=\"yes\"/>"
      if [ "$path" = bin/InterdictAgent.exe ]; then
        cat "$here/service.xml"
      fi
      echo "</Component>"
    fi
  done
}

{
  cat <<XML
<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
<Product Id="$product_code" Name="Interdict Agent" Language="1033" Version="$product_version" Manufacturer="Interdict" UpgradeCode="$upgrade_code">
<Package InstallerVersion="500" Compressed="yes" InstallScope="perMachine" Description="Interdict Agent $version" Comments="The agent of one workstation"/>
<Media Id="1" Cabinet="agent.cab" EmbedCab="yes"/>
<Directory Id="TARGETDIR" Name="SourceDir">
<Directory Id="ProgramFiles64Folder">
<Directory Id="InstallDir" Name="Interdict Agent">
XML
  folder ""
  cat <<XML
<Directory Id="LogDir" Name="log"/>
<Component Id="Registered" Guid="$(guid registered)" Win64="yes">
<RegistryValue Root="HKLM" Key="SOFTWARE\\Interdict\\Agent" Name="Version" Type="string" Value="$version" KeyPath="yes"/>
</Component>
<Component Id="Enrolment" Guid="$(guid enrolment)" Win64="yes">
<RegistryValue Root="HKLM" Key="SOFTWARE\\Interdict\\Enrolment" Name="Installed" Type="string" Value="1" KeyPath="yes"/>
</Component>
</Directory></Directory></Directory>
<Feature Id="Agent" Level="1">
<ComponentRef Id="Registered"/><ComponentRef Id="Enrolment"/>
XML
  sed 's#.*#<ComponentRef Id="&"/>#' "$work/components"
  echo "</Feature></Product></Wix>"
} >"$work/agent.wxs"

package=$out/interdict-agent-${product_version}-x64.msi
mkdir -p "$out"
rm -f "$package"
# wixl takes only paths from where it stands.
(cd "$work" && wixl -a x64 -o "$package" agent.wxs)

libraries=$(cd "$tree/lib" && for jar in *.jar; do printf ';[InstallDir]lib\\%s' "$jar"; done)
# shellcheck source-path=SCRIPTDIR source=tables.sh
. "$here/tables.sh"

msibuild "$package" -s "Interdict Agent $version" Interdict "x64;1033" "{$(guid "package $product_code")}"
"$java/java" "$here/../build/java/MsiTime.java" "$package" "$epoch"
touch -d "@$epoch" "$package"
[ -n "$runtime" ] || echo "windows/build.sh: no Windows Java was given (-Dwindows.runtime=DIR), so this MSI needs an installed Java 25" >&2
ls -l "$package"
