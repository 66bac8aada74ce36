package dev.interdict.decide;

import java.util.Set;

/// What is found of one rule here, as far as a decision depends on it.
///
/// @param items how many things
/// @param strong whether one of them is strong evidence
/// @param people the accounts to be told: those in whose homes it is; for software of the machine,
///   all; [#NOBODY] alone where there is no account
public record Sighting(int items, boolean strong, Set<String> people) {
  /// Stands for the people of a machine that has none.
  public static final String NOBODY = "";

  /// Nothing is found; nobody is concerned.
  public static final Sighting NONE = new Sighting(0, false, Set.of(NOBODY));

  public Sighting {
    people = people.isEmpty() ? Set.of(NOBODY) : Set.copyOf(people);
  }
}
