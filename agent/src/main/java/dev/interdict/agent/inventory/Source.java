package dev.interdict.agent.inventory;

/// One ecosystem's way of recording what is installed. Seam: a new ecosystem is one file that
/// implements this and one line in the list of sources.
///
/// An implementation reads records as data, states in its documentation what it cannot see, and
/// lets every [UnreadableException] of a place it should have seen become a gap; [Sightings]
/// collects.
public interface Source {
  /// Its stable name in findings and reports: lower case, such as `npm`.
  String name();

  /// Looks at one home.
  ///
  /// @throws UnreadableException if the home as a whole cannot be looked at; what was seen before
  ///   counts
  void inspect(Machine.HomeTree home, Sightings out) throws UnreadableException;

  /// Looks at the machine-wide places.
  ///
  /// @throws UnreadableException as for a home
  void inspectSystem(Tree system, Sightings out) throws UnreadableException;
}
