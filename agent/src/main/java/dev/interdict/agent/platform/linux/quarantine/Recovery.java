package dev.interdict.agent.platform.linux.quarantine;

import static dev.interdict.agent.platform.linux.quarantine.Work.outcome;

import dev.interdict.agent.enforce.Holding;
import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.StubState;
import dev.interdict.agent.platform.linux.LinuxMachine;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what a crash left half done to one end or the other. Not thread-safe.
final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private final Quarantine quarantine;
  private final LinuxMachine machine;
  private final Taking taking;
  private final Amending amending;
  private final GivingBack givingBack;
  private final Stubs stubs;

  Recovery(
      Quarantine quarantine,
      LinuxMachine machine,
      Taking taking,
      Amending amending,
      GivingBack givingBack,
      Stubs stubs) {
    this.quarantine = quarantine;
    this.machine = machine;
    this.taking = taking;
    this.amending = amending;
    this.givingBack = givingBack;
    this.stubs = stubs;
  }

  /// Finishes all that was interrupted.
  void run() {
    quarantine.holdings().values().forEach(this::finish);
    stubs.all().values().forEach(this::finish);
  }

  /// Brings one holding to an end, if it is not at one.
  void finish(Holding holding) {
    if (holding.resting() || !holding.open()) {
      return;
    }
    var outcome = outcome(() -> goOn(holding));
    log.atInfo()
        .addKeyValue("id", holding.take().id().text())
        .addKeyValue("outcome", outcome.toString())
        .log("finished what was interrupted");
  }

  private void finish(StubState state) {
    if (!state.resting()) {
      outcome(() -> {
        stubs.recover(state, Place.of(machine, state.take()));
        return new Outcome.Done();
      });
    }
  }

  private Outcome goOn(Holding holding) throws IOException, RefusedException {
    var take = holding.take();
    if (holding.last() instanceof JournalRecord.Purge) {
      quarantine.purge(holding, machine.owner(take.owner()));
      return new Outcome.Done();
    }
    var place = Place.of(machine, take);
    if (holding.amend() != null) {
      amending.recover(holding, place);
      return new Outcome.Done();
    }
    switch (holding.last()) {
      case JournalRecord.Take _ -> taking.recover(take, place);
      case JournalRecord.Copied copied -> taking.recover(take, copied.digest(), place);
      case JournalRecord.Removing _ -> taking.recoverRemoval(take, place);
      case JournalRecord.GiveBack _ -> givingBack.recover(take.id(), place);
      case JournalRecord.CopiedBack copied -> givingBack.recover(copied, place);
      case JournalRecord.Amend _,
          JournalRecord.Amended _,
          JournalRecord.Settled _,
          JournalRecord.Taken _,
          JournalRecord.KeptBack _,
          JournalRecord.PutBack _,
          JournalRecord.GivenBack _,
          JournalRecord.Purge _,
          JournalRecord.Purged _,
          JournalRecord.Emptied _,
          JournalRecord.OfStub _ -> {}
    }
    return new Outcome.Done();
  }
}
