package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Part;
import dev.interdict.report.ErrorClass;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The order of acts for a package that its manager removes: guard, rehearsal, what an interpreter
/// runs of it, the package, then what still runs of its programs. Programs last, since a supervisor
/// would otherwise start the next process before the last one is gone.
public final class Uninstalling {
  private Uninstalling() {}

  /// How it went.
  ///
  /// @param removal what the manager came to
  /// @param programs what was to be stopped
  public record Uninstalled(Outcome removal, Outcome stopping, Set<FileId> programs) {
    public Uninstalled {
      programs = Set.copyOf(programs);
    }

    private static Uninstalled not(Outcome why) {
      return new Uninstalled(why, new Outcome.AlreadyDone(), Set.of());
    }
  }

  /// Removes a package.
  ///
  /// @param plan of the item, without parts
  /// @param grace how long a program may take to end itself
  /// @param remember asked with the package's files just before they go, whether what runs them is
  ///   remembered; without that they stay
  public static Uninstalled apply(
      RemovalPlan plan,
      ManagedPackage managed,
      Hands hands,
      Duration grace,
      Predicate<Set<FileId>> remember) {
    var spared = ProtectedList.protects(plan);
    if (spared.isPresent()) {
      return Uninstalled.not(spared.get());
    }
    try (var uninstallation = hands.uninstallation(managed)) {
      var forecast = uninstallation.forecast();
      if (!(forecast instanceof Outcome.Done)) {
        return Uninstalled.not(forecast);
      }
      var needed = ProtectedList.protects(uninstallation.files());
      if (needed.isPresent()) {
        return Uninstalled.not(needed.get());
      }
      if (!remember.test(
          uninstallation.files().stream().map(Part::id).collect(Collectors.toUnmodifiableSet()))) {
        return Uninstalled.not(
            new Outcome.Failed(ErrorClass.OTHER, "what runs of it cannot be remembered"));
      }
      var scripts = hands.stop(uninstallation.scripts(), grace);
      var removal = uninstallation.carryOut();
      if (!removal.achieved()) {
        return new Uninstalled(removal, scripts, Set.of());
      }
      var programs = uninstallation.programs();
      return new Uninstalled(removal, both(scripts, hands.stop(programs, grace)), programs);
    }
  }

  /// What removing a package would come to, without doing it.
  public static Outcome foresee(RemovalPlan plan, ManagedPackage managed, Hands hands) {
    var spared = ProtectedList.protects(plan);
    if (spared.isPresent()) {
      return spared.get();
    }
    try (var uninstallation = hands.uninstallation(managed)) {
      var forecast = uninstallation.forecast();
      return forecast instanceof Outcome.Done
          ? ProtectedList.protects(uninstallation.files()).<Outcome>map(one -> one).orElse(forecast)
          : forecast;
    }
  }

  /// The first that was not achieved; done if either was.
  private static Outcome both(Outcome one, Outcome other) {
    return !one.achieved() || other instanceof Outcome.AlreadyDone ? one : other;
  }
}
