package dev.interdict.agent.sources.python;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Launchers;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reports the distributions of folders of packages as items.
final class SitePackages {
  private static final String SOURCE = "pip";

  private final Places places;
  private final @Nullable Home owner;
  private final Launchers launchers;

  /// @param launchers what stands in folders of programs elsewhere
  SitePackages(Places places, @Nullable Home owner, Launchers launchers) {
    this.places = places;
    this.owner = owner;
    this.launchers = launchers;
  }

  /// Reports what one folder holds.
  void report(BytePath packages, List<Tree.Entry> entries, Environment environment) {
    var records = new DistributionRecords(places);
    records.read(packages, entries);
    var ownership = new Ownership(records.distributions(), records.unnamed());
    var parts = new DistributionParts(places, launchers, environment, ownership);
    for (var distribution : records.distributions()) {
      places
          .out()
          .item(
              new Item(
                  SOURCE,
                  new Identity.OfPackage(distribution.purl()),
                  distribution.metadata().version(),
                  owner,
                  distribution.record(),
                  parts(parts, packages, distribution),
                  origin(environment, distribution)));
    }
  }

  /// It is there even where its parts cannot be told.
  private List<Part> parts(DistributionParts parts, BytePath packages, Distribution distribution) {
    try {
      return parts.of(packages, distribution);
    } catch (UnreadableException e) {
      places.out().gap(e);
      return List.of();
    }
  }

  private static @Nullable String origin(Environment environment, Distribution distribution) {
    if (distribution.editable()) {
      return "editable, from a folder of its user";
    }
    if (distribution.record().nameText().startsWith("~")) {
      return "left behind by pip";
    }
    if (environment.manages(distribution)) {
      return "of the system's package manager";
    }
    var installer = distribution.installer();
    if (environment.origin() != null || installer == null) {
      return environment.origin();
    }
    return switch (installer) {
      case "uv" -> "uv";
      case "poetry" -> "Poetry";
      case "pdm" -> "PDM";
      case "conda" -> "conda environment";
      default -> null;
    };
  }
}
