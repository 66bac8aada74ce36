# Sourced by the scripts in bin: finds a Java 25 or newer and becomes it.
# In: $home, the distribution's folder. Out: nothing; exec, or exit 1 with one line.

needed=25

# Java's archive of classes below the folder cache, unless the program has one of its own.
archive=classes.aot

# Prints the major version of the Java at $1; nothing where there is none.
# The file "release" answers without starting a virtual machine.
major_of() {
  [ -x "$1/bin/java" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    major_told_by "$1/bin/java"
  fi
}

major_told_by() {
  "$1" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1
}

recent() {
  [ -n "$1" ] && [ "$1" -ge "$needed" ]
}

# Prints the path of a Java that is new enough.
find_java() {
  # A package brings its own.
  if [ -x "$home/runtime/bin/java" ]; then
    echo "$home/runtime/bin/java"
    return 0
  fi
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if [ -n "$candidate" ] && recent "$(major_of "$candidate")"; then
      echo "$candidate/bin/java"
      return 0
    fi
  done
  on_path=$(command -v java) || return 1
  recent "$(major_told_by "$on_path")" || return 1
  echo "$on_path"
}

# Prints the folder of the native library for this machine; nothing where none is shipped, and the
# program then takes it out of its archive at run time.
native_folder() {
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) library=$home/lib/native/linux-x86-64/libjnidispatch.so ;;
    Linux-aarch64) library=$home/lib/native/linux-aarch64/libjnidispatch.so ;;
    Darwin-x86_64) library=$home/lib/native/darwin-x86-64/libjnidispatch.jnilib ;;
    Darwin-arm64) library=$home/lib/native/darwin-aarch64/libjnidispatch.jnilib ;;
    *) return 0 ;;
  esac
  [ ! -r "$library" ] || dirname "$library"
}

# Prints the class path, always in the same order: Java's archive of classes is bound to it.
class_path() {
  path=
  for jar in "$home"/lib/*.jar; do
    path=$path${path:+:}$jar
  done
  echo "$path"
}

# Whoever starts a program with another's rights must not start another's agents in it.
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS

# launch MAIN-CLASS ARGUMENT...: with the flags in $flags and the classes in $archive.
launch() {
  main=$1
  shift
  native=$(native_folder)
  if [ -n "$native" ]; then
    set -- "-Djna.boot.library.path=$native" -Djna.nosys=true -Djna.nounpack=true \
      -cp "$(class_path)" "$main" "$@"
  else
    set -- -cp "$(class_path)" "$main" "$@"
  fi
  classes=$home/cache/classes.aot
  archive=$home/cache/$archive
  if [ -r "$classes" ]; then
    # For the processes that this one starts.
    set -- "-Dinterdict.classes=$classes" "$@"
  fi
  if [ -n "${INTERDICT_MAKE_CACHE:-}" ] && [ -w "$home/cache" ]; then
    case $archive in
      *.jsa)
        list=$home/lib/$(basename "$archive" .jsa).classes
        set -- -Xshare:dump "-XX:SharedClassListFile=$list" "-XX:SharedArchiveFile=$archive" "$@"
        ;;
      *) set -- "-XX:AOTCacheOutput=$archive" "$@" ;;
    esac
  elif [ -r "$archive" ]; then
    # Where it does not fit, Java goes on without it; what it says of that is no answer of ours.
    set -- -Xlog:disable -Xlog:all=warning:stderr "$@"
    case $archive in
      *.jsa) set -- "-XX:SharedArchiveFile=$archive" "$@" ;;
      *) set -- "-XX:AOTCache=$archive" "$@" ;;
    esac
  fi
  if ! java=$(find_java); then
    echo "${0##*/}: needs Java $needed or newer; install one or set JAVA_HOME to it." >&2
    exit 1
  fi
  # Flags are words of ours without spaces: splitting them is meant.
  # shellcheck disable=SC2086
  exec "$java" $flags "$@"
}
