package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks for many known places of which few exist. A place whose first folder is not there costs
/// nothing: one listing tells it for all.
public final class KnownPlaces {
  private final Places places;
  private final Set<String> present;

  /// Lists the home or root that bounds `places`.
  public KnownPlaces(Places places) {
    this.places = places;
    this.present =
        places.list(places.within()).stream()
            .map(entry -> places.within().resolve(entry.name()).nameText())
            .collect(Collectors.toUnmodifiableSet());
  }

  /// What [Places#find] finds below the home or root.
  ///
  /// @param pattern whose first component is plain text of printable ASCII
  public List<BytePath> find(String pattern) {
    var slash = pattern.indexOf('/');
    var first = slash < 0 ? pattern : pattern.substring(0, slash);
    return present.contains(first) ? places.find(places.within(), pattern) : List.of();
  }
}
