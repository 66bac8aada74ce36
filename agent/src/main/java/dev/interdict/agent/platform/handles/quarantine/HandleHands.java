package dev.interdict.agent.platform.handles.quarantine;

import static dev.interdict.agent.platform.handles.quarantine.Work.outcome;

import dev.interdict.agent.enforce.Hands;
import dev.interdict.agent.enforce.Held;
import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.Holding;
import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.enforce.NoUninstallation;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.enforce.StandingStub;
import dev.interdict.agent.enforce.StubText;
import dev.interdict.agent.enforce.Uninstallation;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Opened;
import dev.interdict.agent.platform.handles.Stopping;
import dev.interdict.report.ErrorClass;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// [Hands] on a system whose files are had by handles, for one look at the machine. Not
/// thread-safe.
public final class HandleHands implements Hands {
  /// How often what holds a folder open is ended before the folder is given up.
  private static final int FREEINGS = 3;

  private final HandleQuarantine quarantine;
  private final Opened root;
  private final Homes homes;
  private final Stopping stopping;
  private final Supplier<Optional<String>> hindrance;
  private final Taking taking;
  private final GivingBack givingBack;
  private final EmptyFolders empties;
  private final KeptThings kept;
  private final Stubs stubs;
  private final Recovery recovery;

  /// Finishes what a crash interrupted before it does anything else.
  ///
  /// @param root the machine's root
  /// @param hindrance why nothing may be taken now, if there is a reason
  public HandleHands(
      HandleQuarantine quarantine,
      Opened root,
      Homes homes,
      Stopping stopping,
      Supplier<Optional<String>> hindrance) {
    this.quarantine = quarantine;
    this.root = root;
    this.homes = homes;
    this.stopping = stopping;
    this.hindrance = hindrance;
    this.taking = new Taking(quarantine.vault(), quarantine.acts());
    this.givingBack = new GivingBack(quarantine.vault(), quarantine.acts());
    this.empties =
        new EmptyFolders(quarantine.vault(), quarantine.acts(), quarantine.random(), this::place);
    this.kept = new KeptThings(quarantine.acts().disk(), root);
    this.stubs = new Stubs(quarantine.vault(), quarantine.acts());
    this.recovery = new Recovery(quarantine, this::place, taking, givingBack, stubs);
    recovery.run();
  }

  private Place place(@Nullable Home home, BytePath path) throws DiskException, RefusedException {
    return Place.of(quarantine.acts().disk(), root, homes, home, path);
  }

  @Override
  public Outcome take(RemovalPlan plan, Part part) {
    var outcome = attempt(plan, part);
    // Windows moves no folder in which a file is open, so what runs from it has to end first. It is
    // matched by then: the folder is the one that was seen.
    for (var i = 0; i < FREEINGS && inUse(outcome) && part.kind() == FileKind.DIRECTORY; i++) {
      var programs = outcome(() -> stopping.stop(programsIn(plan, part), Duration.ZERO));
      if (!(programs instanceof Outcome.Done)) {
        return outcome;
      }
      outcome = attempt(plan, part);
    }
    return outcome;
  }

  private Outcome attempt(RemovalPlan plan, Part part) {
    return outcome(() -> {
      requireSight();
      if (stopping.spares(part.id())) {
        throw new RefusedException(Refusal.PROTECTED, "a program that the machine needs");
      }
      kept.require(part.id(), plan.keep());
      return taking.take(quarantine.intent(plan, part), place(plan.owner(), part.path()));
    });
  }

  /// Who does not see all of a home must not judge what is in it.
  private void requireSight() throws RefusedException {
    var reason = hindrance.get();
    if (reason.isPresent()) {
      throw new RefusedException(Refusal.DENIED, reason.get());
    }
  }

  private static boolean inUse(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed(var error, var _) -> error == ErrorClass.FILE_IN_USE;
      case Outcome.Refused(var why, var _) -> why == Refusal.IN_USE;
      case Outcome.Done _, Outcome.AlreadyDone _ -> false;
    };
  }

  /// The files in a folder that is the matched one and its owner's alone.
  private Set<FileId> programsIn(RemovalPlan plan, Part part)
      throws DiskException, RefusedException {
    var place = place(plan.owner(), part.path());
    try (var parent = place.parent()) {
      return FilesIn.of(quarantine.acts().disk(), parent, place, part.id());
    }
  }

  @Override
  public Outcome removeEmpty(RemovalPlan plan, BytePath directory) {
    return outcome(() -> {
      requireSight();
      return empties.remove(plan.owner(), directory);
    });
  }

  @Override
  public Outcome leaveStub(RemovalPlan plan, Part command) {
    var text = plan.stub();
    return outcome(() -> {
      for (var holding : List.copyOf(quarantine.holdings().values()).reversed()) {
        if (text != null && held(holding, plan, command)) {
          // One that somebody replaced before is forgotten, so that none counts twice.
          clear(holding.take());
          return stubs.leave(holding, program(text, command), place(holding.take()));
        }
      }
      throw new RefusedException(Refusal.NOT_HELD, "the command was not taken");
    });
  }

  private static boolean held(Holding holding, RemovalPlan plan, Part command) {
    var take = holding.take();
    return holding.resting()
        && take.rule().equals(plan.rule())
        && Objects.equals(take.owner(), plan.owner())
        && take.path().equals(command.path())
        && take.file().equals(command.id());
  }

  private Place place(JournalRecord.Take take) throws DiskException, RefusedException {
    return place(take.owner(), take.path());
  }

  /// In the language of who starts it.
  private static byte[] program(StubText text, Part command) {
    var name = command.path().nameText().toLowerCase(Locale.ROOT);
    return name.endsWith(".cmd") ? text.batch() : text.shell();
  }

  @Override
  public List<StandingStub> stubs() {
    var standing = new ArrayList<StandingStub>();
    for (var state : stubs.all().values()) {
      outcome(() -> {
        var stub = stubs.standing(state, place(state.take()));
        if (stub != null) {
          standing.add(stub);
        }
        return new Outcome.Done();
      });
    }
    return standing;
  }

  @Override
  public Outcome takeStub(StandingStub stub) {
    var state = stubs.all().get(stub.id());
    return state == null
        ? new Outcome.AlreadyDone()
        : outcome(() -> stubs.take(state, place(state.take())));
  }

  /// What was taken can only go back to where nothing stands.
  private void clear(JournalRecord.Take take) throws IOException, RefusedException {
    for (var state : stubs.all().values()) {
      if (state.take().path().equals(take.path())
          && Objects.equals(state.take().owner(), take.owner())) {
        stubs.take(state, place(take));
      }
    }
  }

  @Override
  public Uninstallation uninstallation(ManagedPackage managed) {
    return new NoUninstallation(
        new Outcome.Refused(Refusal.MANAGED, "no manager of packages is known on this system"));
  }

  @Override
  public Outcome stop(Set<FileId> files, Duration grace) {
    return stopping.stop(files, grace);
  }

  @Override
  public Outcome giveBack(HeldId id) {
    return outcome(() -> {
      var holding = quarantine.holdings().get(id);
      if (holding == null || !holding.open()) {
        throw new RefusedException(Refusal.NOT_HELD, "nothing of that id is held");
      }
      var taken = holding.taken();
      if (!holding.resting() || taken == null) {
        recovery.finish(holding);
        throw new RefusedException(Refusal.CHANGED, "its own taking was not finished");
      }
      var take = holding.take();
      empties.restoreAbove(take.owner(), take.path());
      clear(take);
      givingBack.giveBack(holding, taken, place(take));
      return new Outcome.Done();
    });
  }

  @Override
  public List<Held> held() {
    return quarantine.holdings().values().stream()
        .filter(Holding::open)
        .map(Holding::held)
        .toList();
  }

  @Override
  public int purge(Instant now) {
    var gone = 0;
    for (var holding : quarantine.holdings().values()) {
      if (holding.resting() && !holding.take().until().isAfter(now)) {
        var outcome =
            outcome(() -> {
              quarantine.vault().journal().append(new JournalRecord.Purge(holding.take().id()));
              quarantine.purge(holding, place(holding.take()));
              return new Outcome.Done();
            });
        gone += outcome.achieved() ? 1 : 0;
      }
    }
    return gone;
  }
}
