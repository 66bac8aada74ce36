package dev.interdict.agent.state;

import dev.interdict.policy.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The agent's folder and the places in it. Only its owner may enter, since it holds the device key
/// and everybody's quarantine.
///
/// @param path such as `/var/lib/interdict-agent`
public record StateDirectory(Path path) {
  /// Belongs to the account that runs this process, whatever the environment claims.
  private static final Path SELF = Path.of("/proc/self");

  private static final boolean MACOS = ThisDevice.system() == OperatingSystem.MACOS;

  /// Where the machine's own agent keeps its folder, on Linux and macOS.
  public static final Path MACHINE =
      Path.of(MACOS ? "/Library/Application Support/Interdict" : "/var/lib/interdict-agent");

  private static final Path RUN =
      Path.of(MACOS ? "/var/run/interdict-agent" : "/run/interdict-agent");

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  /// Opens the folder, creating it where there is none.
  ///
  /// @throws IOException if it cannot be created, is a link, others may enter it, or a newer agent
  ///   has written what is in it
  public static StateDirectory open(Path path) throws IOException {
    var absolute = path.toAbsolutePath().normalize();
    if (Files.isSymbolicLink(absolute)) {
      throw new IOException(
          "the state folder " + absolute + " is a symbolic link; name the folder itself");
    }
    var posix = absolute.getFileSystem().supportedFileAttributeViews().contains("posix");
    try {
      if (!Files.isDirectory(absolute)) {
        Files.createDirectories(absolute);
        if (posix) {
          Files.setPosixFilePermissions(absolute, PRIVATE);
        }
      }
    } catch (IOException e) {
      throw new IOException("cannot create the state folder " + absolute + ": " + why(e), e);
    }
    if (posix && !Files.getPosixFilePermissions(absolute).equals(PRIVATE)) {
      throw new IOException(
          "others may enter the state folder " + absolute + "; run: chmod 700 " + absolute);
    }
    if (Files.exists(SELF) && !Files.getOwner(absolute).equals(Files.getOwner(SELF))) {
      throw new IOException(
          "the state folder "
              + absolute
              + " belongs to "
              + Files.getOwner(absolute).getName()
              + ", who could change what is in it; name another folder");
    }
    if (!Files.isWritable(absolute)) {
      throw new IOException("the state folder " + absolute + " is not writable");
    }
    StateVersion.settle(absolute);
    return new StateDirectory(absolute);
  }

  private static String why(IOException e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }

  /// Verified signed files.
  public Path trust() {
    return path.resolve("trust");
  }

  /// What the network worker brought, not yet verified.
  public Path stage() {
    return path.resolve("stage");
  }

  /// Reports that wait for the server.
  public Path outbox() {
    return path.resolve("outbox");
  }

  /// What was taken away, and the journal of it.
  public Path quarantine() {
    return path.resolve("quarantine");
  }

  /// The enrolment: server, device id, public key.
  public Path enrolment() {
    return path.resolve("enrolment.json");
  }

  /// Locked by whoever joins a server; holds nothing.
  public Path enrolling() {
    return path.resolve("enrolling.lock");
  }

  /// Why the last try to join a server failed.
  public Path failedJoin() {
    return path.resolve("failed-join.json");
  }

  /// By what way the server is reached, where it is not straight.
  public Path uplink() {
    return path.resolve("uplink.json");
  }

  /// The device's private key.
  public Path deviceKey() {
    return path.resolve("device.key");
  }

  /// The keys that the device signs with, where it has others than its first.
  public Path deviceKeys() {
    return path.resolve("device-keys.json");
  }

  /// Calls with the helpdesk that are open, and the exemptions that came of them.
  public Path codes() {
    return path.resolve("codes.json");
  }

  /// Is there where an administrator wants the device's key replaced.
  public Path keyWish() {
    return path.resolve("replace-key");
  }

  /// The last known trusted time.
  public Path clock() {
    return path.resolve("clock.json");
  }

  /// How long the device was awake in all.
  public Path awake() {
    return path.resolve("awake");
  }

  /// Who looked at this device's page.
  public Path looks() {
    return path.resolve("looks.json");
  }

  /// What was seen of the server's audit log.
  public Path logHeads() {
    return path.resolve("log-heads.json");
  }

  /// Where shells see for whom something is to be told, below `/run` for the machine's own guard.
  public Path noticeFlags() {
    return path.equals(MACHINE) ? RUN.resolve("notices") : path.resolve("notices");
  }

  /// Processes that ran what was taken away.
  public Path survivors() {
    return path.resolve("survivors.json");
  }

  /// The scan worker's own folder, for what the last scan saw. The guard reads nothing in it.
  public Path scanFolder() {
    return path.resolve("scan");
  }

  /// The socket on which the guard answers the people of this machine. The machine's own guard has
  /// it in a folder that everybody may enter; another one is for whoever runs it alone.
  public Path socket() {
    return path.equals(MACHINE) ? RUN.resolve("agent.sock") : path.resolve("agent.sock");
  }
}
