package dev.interdict.agent.platform.linux.quarantine;

import static dev.interdict.agent.platform.linux.quarantine.Work.outcome;

import dev.interdict.agent.enforce.Foreseen;
import dev.interdict.agent.enforce.Hands;
import dev.interdict.agent.enforce.Held;
import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.Holding;
import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.enforce.StandingStub;
import dev.interdict.agent.enforce.Uninstallation;
import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.platform.linux.Stopping;
import dev.interdict.agent.platform.linux.managers.Managers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// [Hands] on Linux, for one look at the machine: its homes are those that were open when this was
/// made. As root it acts in all of them; otherwise in the user's own. Not thread-safe.
public final class LinuxHands implements Hands {
  private final Quarantine quarantine;
  private final LinuxMachine machine;
  private final Stopping stopping;
  private final Taking taking;
  private final Amending amending;
  private final GivingBack givingBack;
  private final Stubs stubs;
  private final EmptyDirectories empties;
  private final Recovery recovery;
  private final PackageOwners owners;
  private final Managers managers;

  /// Finishes what a crash interrupted before it does anything else.
  public LinuxHands(Quarantine quarantine, LinuxMachine machine, Stopping stopping) {
    this.quarantine = quarantine;
    this.machine = machine;
    this.stopping = stopping;
    this.owners = new PackageOwners(machine.system());
    this.managers = Managers.of(machine);
    this.taking = new Taking(quarantine.vault(), quarantine.acts());
    this.givingBack = new GivingBack(quarantine.vault(), quarantine.acts());
    this.amending = new Amending(quarantine, taking, givingBack);
    this.stubs = new Stubs(quarantine.vault(), quarantine.acts());
    this.empties =
        new EmptyDirectories(machine, quarantine.vault(), quarantine.acts(), quarantine.random());
    this.recovery = new Recovery(quarantine, machine, taking, amending, givingBack, stubs);
    recovery.run();
  }

  @Override
  public Outcome take(RemovalPlan plan, Part part) {
    return outcome(() -> {
      var place = takeable(plan, part);
      return taking.take(quarantine.intent(plan, part), place);
    });
  }

  /// That a package holds one file of a plan is no reason to remove the package, which may hold
  /// much else: it is named, and a rule that means it has its manager remove it.
  private void refuseManaged(RemovalPlan plan) throws RefusedException {
    for (var part : plan.outermost()) {
      var owner = owners.owner(part.path());
      if (owner.isPresent()) {
        throw new RefusedException(
            Refusal.MANAGED, owner.get() + " may own it; a rule for that package removes it");
      }
    }
  }

  private Place takeable(RemovalPlan plan, Part part) throws RefusedException {
    if (quarantine.spares(part.id())) {
      throw new RefusedException(Refusal.PROTECTED, "a program that the machine needs");
    }
    if (plan.owner() == null) {
      refuseManaged(plan);
    }
    return Place.of(machine, plan.owner(), part.path());
  }

  private Place amendable(RemovalPlan plan, Amendment amendment) throws RefusedException {
    if (plan.owner() == null && owners.owner(amendment.file()).isPresent()) {
      throw new RefusedException(Refusal.MANAGED, "a package of the system may own it");
    }
    return Place.of(machine, plan.owner(), amendment.file());
  }

  @Override
  public Foreseen foresee(RemovalPlan plan, Part part) {
    var bytes = new long[1];
    var outcome =
        outcome(() -> {
          var place = takeable(plan, part);
          bytes[0] = taking.foresee(quarantine.intent(plan, part), place);
          return bytes[0] < 0 ? new Outcome.AlreadyDone() : new Outcome.Done();
        });
    return new Foreseen(outcome, Math.max(0, bytes[0]));
  }

  @Override
  public Foreseen foresee(RemovalPlan plan, Amendment amendment) {
    var bytes = new long[1];
    var outcome =
        outcome(() -> {
          bytes[0] =
              amending.foresee(plan, amendment, amendable(plan, amendment), quarantine.holdings());
          return bytes[0] == 0 ? new Outcome.AlreadyDone() : new Outcome.Done();
        });
    return new Foreseen(outcome, bytes[0]);
  }

  @Override
  public Outcome amend(RemovalPlan plan, Amendment amendment) {
    return outcome(() -> {
      var place = amendable(plan, amendment);
      return amending.amend(plan, amendment, place, quarantine.holdings());
    });
  }

  @Override
  public Outcome removeEmpty(RemovalPlan plan, BytePath directory) {
    return outcome(() -> empties.remove(plan.owner(), directory));
  }

  @Override
  public Outcome leaveStub(RemovalPlan plan, Part command) {
    var text = plan.stub();
    return outcome(() -> {
      for (var holding : List.copyOf(quarantine.holdings().values()).reversed()) {
        if (text != null && held(holding, plan, command)) {
          // One that somebody replaced before is forgotten, so that none counts twice.
          clear(holding.take());
          return stubs.leave(holding, text.shell(), Place.of(machine, holding.take()));
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

  @Override
  public List<StandingStub> stubs() {
    var standing = new ArrayList<StandingStub>();
    for (var state : stubs.all().values()) {
      outcome(() -> {
        var stub = stubs.standing(state, Place.of(machine, state.take()));
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
        : outcome(() -> stubs.take(state, Place.of(machine, state.take())));
  }

  /// What was taken can only go back to where nothing stands.
  private void clear(JournalRecord.Take take) throws IOException, RefusedException {
    for (var state : stubs.all().values()) {
      if (state.take().path().equals(take.path())
          && Objects.equals(state.take().owner(), take.owner())) {
        stubs.take(state, Place.of(machine, take));
      }
    }
  }

  @Override
  public Uninstallation uninstallation(ManagedPackage managed) {
    return managers.uninstallation(managed);
  }

  @Override
  public List<Part> programs(ManagedPackage managed) {
    return managers.programs(managed);
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
      var place = Place.of(machine, take);
      clear(take);
      if (holding.amend() == null) {
        givingBack.giveBack(holding, taken, place);
      } else {
        amending.giveBack(holding, taken, place);
      }
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
              quarantine.purge(holding, machine.owner(holding.take().owner()));
              return new Outcome.Done();
            });
        gone += outcome.achieved() ? 1 : 0;
      }
    }
    return gone;
  }
}
