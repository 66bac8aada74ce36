# Sourced by build.sh: the processor that packages are made for.
# Out: $deb_arch, $rpm_arch, $native, $strip, $strip_debug, and for the other processor $modules_of_other and $bill_of,
# which its bills of materials have in their names.

modules_of_other='' bill_of='' strip=strip strip_debug=--strip-debug

# processor MACHINE: as the kernel calls it
processor() {
  case $1 in
    x86_64) deb_arch=amd64 rpm_arch=x86_64 native=linux-x86-64 elf=3e other=aarch64 ;;
    aarch64) deb_arch=arm64 rpm_arch=aarch64 native=linux-aarch64 elf=b7 other=x86_64 ;;
    *) echo "build.sh: packages are made on x86_64 and aarch64, not on $1" >&2; exit 1 ;;
  esac
}

# other_processor JMODS
other_processor() {
  local launcher module="$1/java.base.jmod"
  [ -f "$module" ] || { echo "build.sh: $1 is no folder jmods of a JDK: java.base.jmod is missing" >&2; exit 1; }
  processor "$other"
  # An ELF says in its bytes 18 and 19 for whom it is.
  launcher=$work/launcher
  rm -rf "$launcher"
  "$java_home/bin/jmod" extract --dir "$launcher" "$module"
  case $(od -An -tx1 -N20 "$launcher/bin/java" | tr -d ' \n') in
    7f454c46????????????????????????????${elf}00) ;;
    *) echo "build.sh: $1 is not of Linux on $rpm_arch: its java is no program for that" >&2; exit 1 ;;
  esac
  rm -rf "$launcher"
  # jlink's own would call the objcopy of this processor.
  modules_of_other=$1 bill_of=_$deb_arch strip_debug=--strip-java-debug-attributes
  for strip in "$rpm_arch-linux-gnu-strip" llvm-strip; do
    if command -v "$strip" >/dev/null; then return; fi
  done
  echo "build.sh: no strip for $rpm_arch here, so its Java is larger (apt-get install llvm)" >&2
  strip=true
}
