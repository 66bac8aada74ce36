# Sourced by build.sh: the files of a package below $tree, the same for deb and rpm.

# What the classes use, and what is found by name only: Chinese dates, the agent's page, D-Bus.
agent_modules=java.base,java.logging,java.management,java.net.http,java.xml,jdk.httpserver,jdk.localedata,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs
server_modules=$agent_modules,java.naming,java.security.jgss,java.sql,jdk.crypto.cryptoki,jdk.management

# made CLASS ARGUMENT...: runs a program of the build's, which reads nothing of whoever builds
made() {
  env -i LC_ALL=C.UTF-8 "$java_home/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
    -Duser.name=root -Duser.home='~' -cp "$dist/lib/*" "$@"
}

# runtime MODULES FOLDER COMPRESSION: for the processor that packages are made for
runtime() {
  "$java_home/bin/jlink" ${modules_of_other:+--module-path "$modules_of_other"} --add-modules "$1" \
    --include-locales=en,zh "$strip_debug" --no-header-files \
    --no-man-pages --vm server --compress="$3" --output "$2"
  rm -f "$2/bin/jrunscript" "$2/bin/rmiregistry" "$2/bin/jwebserver" "$2/bin/jconsole"
  find "$2/lib" -name '*.so' -exec "$strip" --strip-unneeded {} +
}

# The library for plurals and names of time zones carries all languages of the world, 7 MB; the
# programs speak two. What is of no language stays.
two_languages() {
  local unpacked=$work/languages
  mkdir -p "$unpacked"
  (cd "$unpacked" && "$java_home/bin/jar" --extract --file "$1")
  find "$unpacked/com" -regextype posix-extended -regex '.*/[a-z]{2,3}(_[A-Za-z0-9_]+)?\.res' \
    ! -regex '.*/(en|zh)(_[A-Za-z0-9_]+)?\.res' -delete
  (cd "$unpacked" && find com -type f | sort >"$work/languages.files" &&
    "$java_home/bin/jar" --create --file "$1" --date="$time" --manifest META-INF/MANIFEST.MF "@$work/languages.files")
  rm -r "$unpacked"
}

# program NAME JAR TARGET HOME MODULES COMPRESSION BIN...: the files of one program below $tree
program() {
  local name=$1 own=$2 target=$3 home=$4 modules=$5 compression=$6 doc=$tree/usr/share/doc/$1 jar bin
  shift 6
  install -d "$tree$home/bin" "$tree$home/lib" "$tree/usr/bin" "$doc"
  cp -r "$here/${name#interdict-}/tree/." "$tree/"
  install -m 644 "$dist/lib/$own-$version.jar" "$tree$home/lib/"
  tr ':' '\n' <"$target/class-path.txt" | while read -r jar || [ -n "$jar" ]; do
    install -m 644 "$jar" "$tree$home/lib/$(basename "$jar")"
  done
  install -m 644 "$dist/lib/launch.sh" "$tree$home/lib/"
  for bin in "$@"; do
    install -m 755 "$dist/bin/$bin" "$tree$home/bin/"
    ln -s "..${home#/usr}/bin/$bin" "$tree/usr/bin/$bin"
  done
  runtime "$modules" "$tree$home/runtime" "$compression"
  {
    cat "$project/LICENSE"
    echo
    echo "The Java runtime below $home/runtime: GPL-2.0 with the Classpath exception, see its folder legal."
  } >"$doc/copyright"
  made dev.interdict.bill.BillOfMaterials "$target/bill-of-materials.json" "$tree$home/lib" \
    "$tree$home/runtime" "$doc/bill-of-materials.cdx.json"
  cp "$doc/bill-of-materials.cdx.json" "$out/${name}_$release$bill_of.cdx.json"
}

# Nothing bears a later time than the sources, and modes are not those of whoever builds.
clamp() {
  find "$1" -newermt "@$epoch" -print0 | xargs -0r touch -h -d "@$epoch"
  chmod -R u=rwX,go=rX "$1"
  # Where a token may be written, nobody else reads.
  if [ -d "$1/etc/interdict-agent" ]; then
    chmod -R go= "$1/etc/interdict-agent/enrol.conf" "$1/etc/interdict-agent/enrol.conf.d"
  fi
}

# packages NAME: deb and rpm out of $tree. Each finds the functions of zsh where its own system has them.
packages() {
  local kind zsh
  for kind in deb:vendor-completions rpm:site-functions; do
    zsh=usr/share/zsh/${kind#*:}
    rm -rf "$tree/usr/share/zsh"
    made dev.interdict.manual.Manual "${1#interdict-}" "$tree" "$zsh" "$release" "$(date -d "@$epoch" +%F)"
    clamp "$tree"
    "${kind%:*}" "$1"
  done
}
