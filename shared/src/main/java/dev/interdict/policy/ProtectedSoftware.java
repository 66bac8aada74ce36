package dev.interdict.policy;

import dev.interdict.identity.Glob;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What no rule may ever touch, compiled in: without it a workstation does not start, cannot be
/// managed, or could not undo what was done. Publishing refuses a rule that could reach it, and the
/// agent spares it whatever was signed.
///
/// The list is a floor, not the whole guard: the agent also spares what the machine's own package
/// manager calls essential.
public final class ProtectedSoftware {
  private static final Set<String> DISTRIBUTIONS = Set.of("deb", "rpm", "apk", "alpm");

  private static final List<Entry> ENTRIES =
      List.of(
          entry("the operating system")
              .system("base-files base-passwd filesystem setup bash dash coreutils util-linux")
              .system("findutils grep sed gawk mawk tar gzip libc6 libc-bin glibc glibc-* musl")
              .system(
                  "busybox busybox-* systemd systemd-* libsystemd* init init-* sysvinit* openrc")
              .system("linux linux-base linux-image-* linux-modules-* kernel kernel-* grub* shim-*")
              .system("sudo doas login passwd shadow shadow-* libpam* pam ca-certificates openssl")
              .system(
                  "dbus dbus-* polkit* policykit-* network-manager NetworkManager networkmanager")
              .system("iproute2 iptables nftables udev eudev cryptsetup* lvm2 e2fsprogs tzdata")
              .programs("/boot/** /lib/systemd/** /usr/lib/systemd/** /lib/modules/** /sbin/**")
              .programs("/usr/lib/modules/** /bin/* /usr/sbin/** /usr/bin/sh /usr/bin/bash")
              .programs("/usr/bin/dash /usr/bin/busybox /usr/bin/sudo /usr/bin/su /usr/bin/login")
              .programs("/usr/bin/systemctl /usr/bin/dbus-daemon /usr/bin/env /usr/bin/zsh")
              .programs("/System/** /Library/Apple/** /Windows/** /C:/Windows/**")
              .applications("com.apple.*"),
          entry("a package manager")
              .system("apt apt-* dpkg dpkg-* rpm rpm-* dnf dnf-* dnf5 yum zypper libzypp pacman")
              .system("apk-tools snapd flatpak packagekit PackageKit")
              .packages("npm", "npm corepack pnpm yarn")
              .packages("pypi", "pip setuptools wheel")
              .programs("/usr/bin/apt* /usr/bin/dpkg* /usr/bin/rpm* /usr/bin/dnf* /usr/bin/yum")
              .programs("/usr/bin/zypper /usr/bin/pacman /usr/bin/snap /usr/bin/flatpak")
              .programs("/usr/lib/apt/** /usr/lib/dpkg/** /usr/lib/rpm/** /usr/lib/snapd/**")
              .programs(
                  "/opt/homebrew/bin/brew /usr/local/bin/brew /home/linuxbrew/.linuxbrew/bin/brew")
              .programs("/usr/lib/node_modules/npm/** /usr/local/lib/node_modules/npm/**")
              .programs("/opt/homebrew/lib/node_modules/npm/** /usr/share/nodejs/npm/**")
              .programs("/home/*/.nvm/versions/node/*/lib/node_modules/npm/**"),
          entry("a language runtime that other programs run on")
              .system("openjdk-* java-*-openjdk* temurin-* default-jre* default-jdk* jre*-openjdk*")
              .system("python3 python3-minimal python3.* python libpython3* perl perl-base nodejs")
              .programs("/usr/lib/jvm/** /usr/lib64/jvm/** /Library/Java/JavaVirtualMachines/**")
              .programs("/usr/bin/java /usr/bin/python3* /usr/bin/perl /usr/bin/node")
              .programs(
                  "/usr/local/bin/node /opt/homebrew/bin/node"
                      + " /home/*/.nvm/versions/node/*/bin/node"),
          entry("remote access to the machine")
              .system("openssh openssh-* ssh tigervnc-server xrdp")
              .programs(
                  "/usr/bin/ssh* /usr/lib/openssh/** /usr/libexec/openssh/** /usr/lib/ssh/**"),
          entry("the display server or desktop")
              .system("xorg xorg-* xserver-xorg* xwayland xorg-x11-* wayland* libwayland* weston")
              .system("gdm gdm3 lightdm sddm gnome-shell gnome-session* mutter kwin* plasma-* sway")
              .programs("/usr/bin/X* /usr/lib/xorg/** /usr/libexec/Xorg* /usr/bin/gnome-shell")
              .programs("/usr/bin/gnome-session* /usr/bin/kwin* /usr/bin/plasmashell /usr/bin/sway")
              .programs("/usr/bin/weston"),
          entry("device management or endpoint security")
              .system("intune-portal mdatp falcon-sensor fleet-osquery osquery puppet-agent")
              .system("salt-minion chef cinc landscape-client auditd clamav*")
              .programs(
                  "/usr/local/bin/jamf /usr/local/jamf/** /usr/local/munki/** /Library/Kandji/**")
              .programs("/opt/microsoft/** /opt/CrowdStrike/** /opt/orbit/** /opt/puppetlabs/**")
              .programs("/Applications/Santa.app/**")
              .place("/Library/Application Support/JAMF/**")
              .applications("com.jamf.* com.jamfsoftware.* com.microsoft.CompanyPortalMac")
              .applications("com.microsoft.wdav* com.northpolesec.santa* com.google.santa*")
              .applications("com.fleetdm.* io.kandji.* com.mosyle.* com.crowdstrike.*"),
          entry("Interdict itself")
              .system("interdict interdict-*")
              .programs("/opt/interdict/** /usr/lib/interdict/** /usr/libexec/interdict/**")
              .programs("/usr/bin/interdict* /usr/local/bin/interdict* /var/lib/interdict/**")
              .programs("/etc/interdict/** /Applications/Interdict.app/** /Library/Interdict/**")
              .applications("dev.interdict.*"));

  private ProtectedSoftware() {}

  /// Which protected software `subject` is, in words for people; empty where it is none.
  public static Optional<String> protects(Subject subject) {
    return ENTRIES.stream().filter(entry -> entry.holds(subject)).map(Entry::what).findFirst();
  }

  /// Which protected software `matcher` could reach, whatever versions and digests it asks for.
  public static Optional<String> reachedBy(Matcher matcher) {
    return ENTRIES.stream().filter(entry -> entry.reachedBy(matcher)).map(Entry::what).findFirst();
  }

  private static Entry entry(String what) {
    return new Entry(what, List.of());
  }

  /// A name pattern among the packages of some ecosystems, among applications, or a place.
  private sealed interface Pattern {
    record Packages(Set<String> types, Glob name) implements Pattern {}

    record Application(Glob id) implements Pattern {}

    record Place(Glob place) implements Pattern {}
  }

  private record Entry(String what, List<Pattern> patterns) {

    Entry system(String names) {
      return with(words(names).map(name -> new Pattern.Packages(DISTRIBUTIONS, name)));
    }

    Entry packages(String type, String names) {
      return with(words(names).map(name -> new Pattern.Packages(Set.of(type), name)));
    }

    Entry programs(String places) {
      return with(words(places).map(Pattern.Place::new));
    }

    Entry place(String place) {
      return with(Stream.of(new Pattern.Place(Glob.ignoringCase(place))));
    }

    Entry applications(String ids) {
      return with(words(ids).map(Pattern.Application::new));
    }

    private Entry with(Stream<? extends Pattern> more) {
      return new Entry(what, Stream.<Pattern>concat(patterns.stream(), more).toList());
    }

    private static Stream<Glob> words(String text) {
      return Stream.of(text.split(" ")).map(Glob::ignoringCase);
    }

    boolean holds(Subject subject) {
      return patterns.stream().anyMatch(pattern -> holds(pattern, subject));
    }

    private static boolean holds(Pattern pattern, Subject subject) {
      return switch (pattern) {
        case Pattern.Packages(var types, var name) ->
            subject instanceof Subject.OfPackage(var purl)
                && types.contains(purl.type())
                && (DISTRIBUTIONS.contains(purl.type()) || purl.namespace().isEmpty())
                && name.matches(purl.name());
        case Pattern.Application(var glob) ->
            subject instanceof Subject.OfApplication(_, var id) && glob.matches(id);
        case Pattern.Place(var glob) ->
            subject instanceof Subject.OfProgram program
                && program.system() != null
                && glob.matches(program.system());
      };
    }

    boolean reachedBy(Matcher matcher) {
      return switch (matcher) {
        case Matcher.OfPackage(var purl, _) -> holds(new Subject.OfPackage(purl));
        case Matcher.OfApplication(var ids) ->
            ids.entrySet().stream()
                .anyMatch(id -> holds(new Subject.OfApplication(id.getKey(), id.getValue())));
        case Matcher.OfProgram program ->
            patterns.stream()
                .anyMatch(pattern ->
                    pattern instanceof Pattern.Place(var place) && Overlap.reaches(program, place));
        case Matcher.OfExtension _,
            Matcher.OfProcess _,
            Matcher.ModelUse _,
            Matcher.EnvironmentVariables _,
            Matcher.Containers _,
            Matcher.Remains _ ->
            false;
      };
    }
  }
}
