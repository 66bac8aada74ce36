package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.identity.PackageUrl;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What Scoop installed, every version that is still there: `apps/<app>/<version>` with the
/// manifest it was installed by. What starts it are the shims that name it and the link `current`;
/// the user's data in `persist` is no part of it.
///
/// Does not see: a root that the variable `SCOOP` moved, and the bucket an app came from (apps of
/// one name from two buckets are the same package).
public final class ScoopSource implements Source {
  private static final String CURRENT = "current";

  @Override
  public String name() {
    return "scoop";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    roots("scoop", home.home(), new Places(home.tree(), home.home().path(), out));
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    roots("ProgramData/scoop", null, new Places(system, BytePath.ROOT, out));
  }

  private void roots(String pattern, @Nullable Home owner, Places places) {
    for (var root : places.find(places.within(), pattern)) {
      var shims = new ScoopShims(places);
      for (var app : places.find(root, "apps/*")) {
        var versions =
            places.list(app).stream()
                .filter(entry -> entry.kind() == FileKind.DIRECTORY)
                .map(entry -> app.resolve(entry.name()))
                .filter(folder -> !folder.nameText().equals(CURRENT))
                .toList();
        for (var folder : versions) {
          version(app, folder, versions.size() == 1, owner, places, shims);
        }
      }
    }
  }

  private void version(
      BytePath app,
      BytePath folder,
      boolean only,
      @Nullable Home owner,
      Places places,
      ScoopShims shims) {
    try {
      var record = folder.resolve("manifest.json");
      var manifest = Metadata.object(places.tree(), record);
      if (manifest == null) {
        return;
      }
      if (!PackageName.plain(app.nameText())) {
        throw Metadata.malformed(record, "belongs to no valid app");
      }
      var version = Metadata.text(manifest, "version");
      var plain = Metadata.plainVersion(version) ? version : null;
      var purl = PackageUrl.of("scoop", "", app.nameText());
      var parts = WindowsPrograms.installation(places.tree(), folder);
      parts.addAll(
          shims.of(
              app,
              isCurrent(places.tree(), app, folder, only)
                  ? Set.of(CURRENT, folder.nameText())
                  : Set.of(folder.nameText())));
      places
          .out()
          .item(
              new Item(
                  name(),
                  new Identity.OfPackage(plain == null ? purl : purl.withVersion(plain)),
                  plain,
                  owner,
                  folder,
                  List.copyOf(parts)));
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  /// Whether `current` leads to that version. Where it is a junction that cannot be read as a link,
  /// only the sole version is known to be the current one.
  private static boolean isCurrent(Tree tree, BytePath app, BytePath folder, boolean only)
      throws UnreadableException {
    var target = tree.readLink(app.resolve(CURRENT));
    if (target == null) {
      return only;
    }
    var leads = Links.lexical(app, target);
    return leads != null && leads.equals(folder);
  }
}
