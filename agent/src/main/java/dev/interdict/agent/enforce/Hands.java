package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What acts on the machine. Seam: one implementation per operating system, hand-written fakes in
/// tests.
///
/// Each act is journalled before it begins, so that after a crash every file is in exactly one
/// place and intact. No method throws for what users or the machine do; that is an [Outcome].
public interface Hands {

  /// Moves one part of a plan into quarantine, if it still is the file that was seen.
  Outcome take(RemovalPlan plan, Part part);

  /// Makes a list of another program anew without what the plan cuts out of it, and holds the old
  /// one. The list is a file of its own in its old place, with the same owner and rights.
  default Outcome amend(RemovalPlan plan, Amendment amendment) {
    return new Outcome.Refused(Refusal.DENIED, "lists are not amended on this system");
  }

  /// What [#take] would come to now; changes nothing. Null where these hands cannot tell.
  default @Nullable Foreseen foresee(RemovalPlan plan, Part part) {
    return null;
  }

  /// What [#amend] would come to now; changes nothing. Null where these hands cannot tell.
  default @Nullable Foreseen foresee(RemovalPlan plan, Amendment amendment) {
    return null;
  }

  /// Removes a directory that the plan calls its own, if nothing is left in it.
  Outcome removeEmpty(RemovalPlan plan, BytePath directory);

  /// Asks the manager of a package what its removal would come to. Nothing is changed by that.
  Uninstallation uninstallation(ManagedPackage managed);

  /// The programs of a package that its manager has on record for it alone. Nothing is changed by
  /// asking; empty where nobody can say.
  default List<Part> programs(ManagedPackage managed) {
    return List.of();
  }

  /// Leaves a stub in the place of a command that was taken, never over something else.
  default Outcome leaveStub(RemovalPlan plan, Part command) {
    return new Outcome.Refused(Refusal.DENIED, "no stubs are left on this system");
  }

  /// The stubs that stand. One that somebody changed or replaced is not among them.
  default List<StandingStub> stubs() {
    return List.of();
  }

  /// Takes a stub away, if it still is in its place.
  default Outcome takeStub(StandingStub stub) {
    return new Outcome.AlreadyDone();
  }

  /// Ends every process that executes one of these files, program or script, and no other.
  ///
  /// @param grace how long each may take to end itself
  Outcome stop(Set<FileId> files, Duration grace);

  /// Puts a held thing back where it was, never over something else.
  Outcome giveBack(HeldId id);

  /// What is held, oldest first.
  List<Held> held();

  /// Removes for good what was held long enough. A thing that cannot be removed stays held.
  ///
  /// @return how many things are gone
  int purge(Instant now);
}
