package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.platform.handles.FakeDisk;
import dev.interdict.agent.platform.handles.FakeDisk.Thing;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A user who, between any two calls of ours, does what a user can: exchanges folders with links
/// and junctions into the system's, puts other files in place of his own, moves things about, and
/// goes on working through what he opened before. He reaches nothing of the system by himself.
final class Mallory implements Runnable {
  private final Scene scene;
  private final FakeDisk disk;
  private final Random random;

  /// Opened before, and so reached wherever it is.
  private final Thing opened;

  private @Nullable Thing aside;
  private @Nullable Thing asideIn;
  private @Nullable String asideName;

  private boolean outside;

  /// Everything that was ever his, the matched package apart: none of it may be lost.
  final Set<FileId> precious = new HashSet<>();

  Mallory(Scene scene, long seed) {
    this.scene = scene;
    this.disk = scene.disk;
    this.random = new Random(seed);
    this.opened = scene.pkg;
  }

  @Override
  public void run() {
    switch (random.nextInt(outside ? 3 : 12)) {
      case 0, 1 -> exchange(scene.lib, "pkg", "/etc");
      case 2 -> exchange(scene.home, "lib", "/");
      case 3 -> exchange(opened, "sub", "/etc");
      case 4 -> other(scene.lib, "pkg");
      case 5 -> other(opened, "a");
      case 6 -> plant(opened, "junction-" + random.nextInt(3));
      case 7 -> hardLink();
      default -> giveBackName();
    }
  }

  /// Away with it, and a link of its name in its place; on the next turn back again.
  private void exchange(Thing in, String name, String target) {
    giveBackName();
    var thing = disk.at(in, name);
    if (aside == null && thing != null && thing.owner.equals(Scene.MALLORY)) {
      aside = disk.take(in, name);
      asideName = name;
      asideIn = in;
      disk.link(in, name, Scene.MALLORY, target);
    }
  }

  /// From now on leaves alone what is in the package, and only tries to misdirect it.
  void onlyOutside() {
    outside = true;
  }

  void giveBackName() {
    var thing = aside;
    var in = asideIn;
    var name = asideName;
    if (thing != null && in != null && name != null) {
      disk.take(in, name);
      disk.put(in, name, thing);
      aside = null;
    }
  }

  private void other(Thing in, String name) {
    var mine = aside == null ? disk.take(in, name) : null;
    if (mine == null) {
      return;
    }
    disk.put(scene.home, "moved-" + disk.calls + "-" + name, mine);
    precious.add(disk.file(in, name, Scene.MALLORY, "precious").id);
  }

  private void plant(Thing in, String name) {
    if (disk.at(in, name) == null) {
      disk.link(in, name, Scene.MALLORY, "/etc");
    }
  }

  /// A second name for a file of the system, where the system allows that.
  private void hardLink() {
    var file = disk.path("/etc/a");
    if (file != null && disk.at(opened, "hard") == null) {
      disk.put(opened, "hard", file);
    }
  }
}
