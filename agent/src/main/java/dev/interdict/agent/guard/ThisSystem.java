package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Gate;
import dev.interdict.agent.enforce.Watch;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.platform.handles.Disk;
import dev.interdict.agent.platform.handles.FollowingGate;
import dev.interdict.agent.platform.handles.Programs;
import dev.interdict.agent.platform.handles.quarantine.HandleQuarantine;
import dev.interdict.agent.platform.linux.LinuxProcesses;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.privilege.Confinement;
import dev.interdict.agent.platform.linux.quarantine.Quarantine;
import dev.interdict.agent.platform.linux.watch.LinuxGate;
import dev.interdict.agent.platform.linux.watch.LinuxWatch;
import dev.interdict.agent.platform.macos.kernel.FullDiskAccess;
import dev.interdict.agent.platform.macos.kernel.MacDisk;
import dev.interdict.agent.platform.macos.kernel.MacFolderChanges;
import dev.interdict.agent.platform.macos.kernel.MacHomes;
import dev.interdict.agent.platform.macos.kernel.MacPrograms;
import dev.interdict.agent.platform.portable.FolderWatch;
import dev.interdict.agent.platform.portable.SystemFolderChanges;
import dev.interdict.agent.platform.watch.FolderChanges;
import dev.interdict.agent.platform.windows.LiveRegistry;
import dev.interdict.agent.platform.windows.kernel.NtDisk;
import dev.interdict.agent.platform.windows.kernel.Privileges;
import dev.interdict.agent.platform.windows.kernel.RedirectionGuard;
import dev.interdict.agent.platform.windows.kernel.SystemFolder;
import dev.interdict.agent.platform.windows.kernel.WindowsHomes;
import dev.interdict.agent.platform.windows.kernel.WindowsPrograms;
import dev.interdict.agent.state.ThisDevice;
import dev.interdict.policy.OperatingSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The hands of the operating system that this runs on: the one place where it is chosen.
///
/// @param launches what prevents launches and notices what comes back
/// @param installers adds to an enforcer what this system's own installers remove
/// @param missing what this system does not do yet, or not here, a line each for the administrator
/// @param open what is closed with it
record ThisSystem(
    Bench bench,
    Removing.Processes processes,
    Launches launches,
    UnaryOperator<Enforcer> installers,
    List<String> missing,
    List<AutoCloseable> open)
    implements AutoCloseable {
  private static final String BLIND =
      "no Full Disk Access, so nothing is taken; grant it to interdict-agent by a privacy profile"
          + " (SystemPolicyAllFiles)";

  /// What prevents launches and notices what comes back, each to be closed by who asked for it.
  interface Launches {
    Gate gate(Runnable noticed) throws IOException;

    /// @param place the inspected root, from the machine's real one
    Watch watch(BytePath place, Runnable noticed) throws IOException;
  }

  /// How workers are kept from rights that they do not need.
  ///
  /// @param program the command line of any role
  static Confinement confinement(List<String> program) {
    return ThisDevice.system() == OperatingSystem.LINUX
        ? Confinement.here(Kernel.effectiveUid(), program)
        : Confinement.none();
  }

  /// Opens the quarantine and what reaches the machine.
  ///
  /// @param root the inspected root
  /// @throws IOException if the quarantine cannot be used; enforcement must not start then
  static ThisSystem open(Path root, Path quarantine, Duration retention, InstantSource clock)
      throws IOException {
    return switch (ThisDevice.system()) {
      case LINUX -> linux(root, quarantine, retention, clock);
      case MACOS -> macos(root, quarantine, retention, clock);
      case WINDOWS -> windows(root, quarantine, retention, clock);
    };
  }

  private static ThisSystem linux(Path root, Path folder, Duration retention, InstantSource clock)
      throws IOException {
    var quarantine = Quarantine.open(folder, retention, clock, new SecureRandom());
    var processes = new LinuxProcesses();
    return new ThisSystem(
        new LinuxBench(root, quarantine, processes),
        processes::running,
        launches(root, processes),
        UnaryOperator.identity(),
        List.of(),
        List.of(processes, quarantine));
  }

  private static Launches launches(Path root, LinuxProcesses processes) {
    return new Launches() {
      @Override
      public Gate gate(Runnable noticed) throws IOException {
        return new LinuxGate(root, processes, noticed);
      }

      @Override
      public Watch watch(BytePath place, Runnable noticed) throws IOException {
        return new LinuxWatch(root, place, processes, noticed);
      }
    };
  }

  private static ThisSystem macos(Path root, Path folder, Duration retention, InstantSource clock)
      throws IOException {
    var disk = new MacDisk();
    var missing =
        new ArrayList<>(
            List.of("launches are not prevented on macOS; what starts is ended within a second"));
    if (!FullDiskAccess.granted()) {
      missing.add(BLIND);
    }
    return withHandles(
        root,
        disk,
        HandleQuarantine.open(disk, folder, retention, clock, new SecureRandom()),
        new MacPrograms(),
        opened -> MacHomes.of(disk, opened),
        () -> FullDiskAccess.granted() ? Optional.empty() : Optional.of(BLIND),
        InstallerRemoving::onMacos,
        MacFolderChanges::new,
        missing);
  }

  private static ThisSystem windows(Path root, Path folder, Duration retention, InstantSource clock)
      throws IOException {
    var missing =
        new ArrayList<>(
            List.of("launches are not prevented on Windows; what starts is ended within a second"));
    if (!RedirectionGuard.turnOn()) {
      missing.add("this Windows has no RedirectionGuard; acts by handle alone keep junctions out");
    }
    if (!Privileges.enable()) {
      missing.add("no right to back up and restore; run as SYSTEM to act in everybody's home");
    }
    var disk = new NtDisk();
    var homes = new WindowsHomes(LiveRegistry.machine());
    var system = SystemFolder.path();
    return withHandles(
        root,
        disk,
        HandleQuarantine.open(disk, folder, retention, clock, new SecureRandom()),
        new WindowsPrograms(system),
        _ -> homes,
        Optional::empty,
        enforcer -> InstallerRemoving.onWindows(enforcer, system),
        SystemFolderChanges::new,
        missing);
  }

  private static ThisSystem withHandles(
      Path root,
      Disk disk,
      HandleQuarantine quarantine,
      Programs programs,
      HandleBench.People people,
      Supplier<Optional<String>> hindrance,
      UnaryOperator<Enforcer> installers,
      FolderChanges.Ears ears,
      List<String> missing) {
    return new ThisSystem(
        new HandleBench(root, disk, quarantine, programs, people, hindrance),
        programs::running,
        launches(root, programs, ears),
        installers,
        missing,
        List.of(quarantine));
  }

  private static Launches launches(Path root, Programs programs, FolderChanges.Ears ears) {
    return new Launches() {
      @Override
      public Gate gate(Runnable noticed) {
        return new FollowingGate(programs, noticed);
      }

      @Override
      public Watch watch(BytePath place, Runnable noticed) {
        return new FolderWatch(root, ears, noticed);
      }
    };
  }

  @Override
  public void close() throws IOException {
    for (var part : open) {
      try {
        part.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException("cannot close a part of the guard: " + e.getMessage(), e);
      }
    }
  }
}
