package dev.interdict.agent.platform.linux;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The files of programs without which this machine does not run, by device and inode, so that no
/// other name for one of them (a link, a bind mount) gets around the protected list.
public final class NeededPrograms {
  private static final List<String> PATHS =
      List.of(
          "proc/1/exe",
          "proc/self/exe",
          "sbin/init",
          "usr/lib/systemd/systemd",
          "bin/sh",
          "bin/bash",
          "usr/bin/dash",
          "usr/bin/env",
          "usr/bin/sudo",
          "usr/bin/dpkg",
          "usr/bin/apt",
          "usr/bin/apt-get",
          "usr/bin/rpm",
          "usr/bin/dnf",
          "usr/bin/dnf5",
          "usr/bin/zypper",
          "usr/bin/pacman",
          "sbin/apk",
          "usr/sbin/sshd",
          "usr/bin/dbus-daemon",
          "usr/bin/dbus-broker",
          "usr/bin/Xorg",
          "usr/lib/xorg/Xorg",
          "usr/bin/Xwayland",
          "usr/bin/gnome-shell",
          "usr/bin/kwin_wayland",
          "usr/bin/python3",
          "usr/bin/perl");

  private NeededPrograms() {}

  /// Those that exist on the running machine.
  ///
  /// @throws IOException if that cannot be told: a list without one of them would spare too little
  public static Set<FileId> ids() throws IOException {
    var ids = new HashSet<FileId>();
    try (var root = Kernel.openRoot(new byte[] {'/'})) {
      for (var path : PATHS) {
        add(root, path, ids);
      }
    } catch (KernelException e) {
      throw new IOException(
          "cannot look up the programs that this machine needs: " + e.getMessage(), e);
    }
    return Set.copyOf(ids);
  }

  private static void add(Fd root, String path, Set<FileId> ids) throws KernelException {
    try {
      ids.add(Kernel.statFollowing(root, path.getBytes(StandardCharsets.US_ASCII)).id());
    } catch (KernelException e) {
      switch (e.errno()) {
        // Not on this machine, or, for init without privilege, not ours to see.
        case ENOENT, ENOTDIR, ELOOP, EACCES, EPERM -> {}
        default -> throw e;
      }
    }
  }
}
