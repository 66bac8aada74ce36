package dev.interdict.agent.sources.rpm;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.OsRelease;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.identity.PackageUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Packages of Fedora, RHEL, openSUSE and their kin, from rpm's own database in each of its three
/// formats; their files belong to rpm, so an item has no parts.
///
/// `rpm` is never asked: a database that cannot be read is a gap. The public keys that rpm keeps
/// among the packages are left out.
///
/// Does not see: databases in places of an own configuration (`%_dbpath`), packages that rpm-ostree
/// has staged for the next start, programs unpacked without rpm.
public final class RpmSource implements Source {
  private static final List<String> FOLDERS =
      List.of("var/lib/rpm", "usr/lib/sysimage/rpm", "usr/share/rpm");

  /// Newest format first.
  private static final Map<String, Headers> FORMATS = formats();

  private static Map<String, Headers> formats() {
    var formats = new LinkedHashMap<String, Headers>();
    formats.put("rpmdb.sqlite", new SqliteHeaders());
    formats.put("Packages.db", new NdbHeaders());
    formats.put("Packages", new BerkeleyHeaders());
    return formats;
  }

  @Override
  public String name() {
    return "rpm";
  }

  /// Debian's rpm keeps a database for each user.
  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    look(places, places.find(places.within(), ".rpmdb"), "", home.home());
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    var folders = new ArrayList<BytePath>();
    for (var folder : FOLDERS) {
      folders.addAll(places.find(BytePath.ROOT, folder));
    }
    if (!folders.isEmpty()) {
      look(places, folders.stream().distinct().toList(), OsRelease.id(places, ""), null);
    }
  }

  private static void look(
      Places places, List<BytePath> folders, String vendor, @Nullable Home owner) {
    for (var folder : folders) {
      try {
        var file = database(places.tree(), folder);
        var format = file == null ? null : FORMATS.get(file.nameText());
        if (file != null && format != null) {
          for (var header : format.of(places.tree(), file)) {
            if (header == null) {
              places.out().gap(Metadata.malformed(file, "holds a header that cannot be read"));
            } else {
              report(places, file, header, vendor, owner);
            }
          }
        }
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }
  }

  /// A change of format may leave the old file behind: the one written last is the one in use.
  private static @Nullable BytePath database(Tree tree, BytePath folder)
      throws UnreadableException {
    BytePath newest = null;
    var time = Long.MIN_VALUE;
    for (var name : FORMATS.keySet()) {
      var file = folder.resolve(name);
      var fact = tree.stat(file);
      var log = tree.stat(folder.resolve(name + "-wal"));
      if (fact != null) {
        var written = log == null ? fact.modified() : Math.max(fact.modified(), log.modified());
        if (written > time) {
          newest = file;
          time = written;
        }
      }
    }
    return newest;
  }

  private static void report(
      Places places, BytePath file, Header header, String vendor, @Nullable Home owner) {
    if (header.name().equals("gpg-pubkey")) {
      return;
    }
    var version = header.version() + "-" + header.release();
    if (!validName(header.name()) || !Metadata.plainVersion(version)) {
      places.out().gap(Metadata.malformed(file, "holds a package without a valid name"));
      return;
    }
    // An empty qualifier is none. At once, since each step of building one checks all of it.
    var arch = header.arch() != null && validArch(header.arch()) ? header.arch() : "";
    var epoch = header.epoch() != null && header.epoch() != 0 ? header.epoch().toString() : "";
    var purl =
        new PackageUrl(
            "rpm", vendor, header.name(), version, Map.of("arch", arch, "epoch", epoch), "");
    places
        .out()
        .item(new Item("rpm", new Identity.OfPackage(purl), version, owner, file, List.of()));
  }

  private static boolean validName(String name) {
    return !name.isEmpty() && Character.isLetterOrDigit(name.charAt(0)) && plain(name, "-._+");
  }

  private static boolean validArch(String arch) {
    return !arch.isEmpty() && plain(arch, "_");
  }

  private static boolean plain(String text, String others) {
    return text.chars()
            .allMatch(c ->
                c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || others.indexOf(c) >= 0)
        && !text.contains("..");
  }
}
