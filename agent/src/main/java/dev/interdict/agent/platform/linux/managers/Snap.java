package dev.interdict.agent.platform.linux.managers;

import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.report.ErrorClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Snaps, by `snap remove`, which takes all revisions of a snap and saves its data as a snapshot.
/// snapd cannot rehearse, and takes nothing but what it is told; snaps that others stand on (bases,
/// the system's own) are refused here. Which of several instances is meant, and which revision was
/// seen, is in the image's file name; snapd may have refreshed it since.
///
/// Does not see: that another snap takes content from this one.
final class Snap implements Packages {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Pattern IMAGE =
      Pattern.compile("([a-z0-9][a-z0-9-]{0,39}(_[a-z0-9]{1,10})?)_(x?[0-9]{1,10})\\.snap");
  private static final Pattern KIND = Pattern.compile("[a-z,=-]*");
  private static final Set<String> NEEDED =
      Set.of("base", "core", "os", "snapd", "kernel", "gadget");
  private static final List<BytePath> MOUNTS =
      List.of(BytePath.parse("/snap"), BytePath.parse("/var/lib/snapd/snap"));

  private final Programs programs;
  private final Tree system;

  Snap(Programs programs, Tree system) {
    this.programs = programs;
    this.system = system;
  }

  @Override
  public String manager() {
    return "snap";
  }

  @Override
  public Optional<Named> named(ManagedPackage managed) {
    var name = managed.purl().name();
    var image = IMAGE.matcher(managed.record().nameText());
    if (!NAME.matcher(name).matches() || !image.matches()) {
      return Optional.empty();
    }
    var instance = image.group(1);
    return instance.equals(name) || instance.startsWith(name + "_")
        ? Optional.of(new Named(instance, instance, image.group(3), managed.record()))
        : Optional.empty();
  }

  private Optional<String[]> line(Named named) throws NotRemovedException {
    return line(
        named.name(), programs.ask("snap", Map.of(), List.of("list", "--", named.argument())));
  }

  /// The columns of the one snap: name, version, revision, channel, publisher, notes.
  static Optional<String[]> line(String name, Reply reply) throws NotRemovedException {
    if (reply.code() == 1 && reply.errors().contains("no matching snaps installed")) {
      return Optional.empty();
    }
    var rows = reply.lines().stream().map(line -> line.strip().split(" +")).toList();
    if (!reply.well()
        || rows.size() != 2
        || !rows.getFirst()[0].equals("Name")
        || rows.getFirst().length != 6
        || rows.getLast().length != 6
        || !rows.getLast()[0].equals(name)
        || !KIND.matcher(rows.getLast()[5]).matches()) {
      throw NotRemovedException.unclear("snap", reply);
    }
    return Optional.of(rows.getLast());
  }

  @Override
  public Optional<Installed> installed(Named named) throws NotRemovedException {
    return line(named).map(columns -> Installed.whole(columns[2]));
  }

  @Override
  public void rehearse(Named named) throws NotRemovedException {
    var columns = line(named);
    if (columns.isEmpty()) {
      throw NotRemovedException.failed(ErrorClass.CHANGED, "snapd has removed it meanwhile");
    }
    for (var note : columns.get()[5].split(",")) {
      if (NEEDED.contains(note)) {
        throw NotRemovedException.refused(Refusal.NEEDED, "other snaps stand on it: " + note);
      }
    }
  }

  /// What is mounted of it.
  @Override
  public List<BytePath> files(Named named) throws NotRemovedException {
    var files = new ArrayList<BytePath>();
    for (var mount : MOUNTS) {
      files.addAll(Listing.below(system, mount.resolve(named.name())));
    }
    return files;
  }

  @Override
  public boolean mounted() {
    return true;
  }

  @Override
  public boolean runsScripts(Named named) {
    return true;
  }

  @Override
  public Reply remove(Named named) throws NotRemovedException {
    return programs.act("snap", Map.of(), List.of("remove", "--", named.argument()), Snap::locked);
  }

  private static boolean locked(Reply reply) {
    return reply.errors().contains("change in progress");
  }
}
