package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.Holding;
import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.platform.linux.NeededPrograms;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Where taken things are held, open for as long as the guard runs. One process at a time.
public final class Quarantine implements AutoCloseable {
  private final Vault vault;
  private final Acts acts;
  private final Duration retention;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Set<FileId> needed;

  private Quarantine(
      Set<FileId> needed,
      Vault vault,
      Acts acts,
      Duration retention,
      InstantSource clock,
      RandomGenerator random) {
    this.needed = needed;
    this.vault = vault;
    this.acts = acts;
    this.retention = retention;
    this.clock = clock;
    this.random = random;
  }

  /// Opens the quarantine's directory, creating it where there is none.
  ///
  /// @param retention how long a thing can be given back before it may be purged
  /// @throws IOException if somebody else could reach into it, or works with it; enforcement must
  ///   not start then
  public static Quarantine open(
      Path directory, Duration retention, InstantSource clock, RandomGenerator random)
      throws IOException {
    return open(directory, retention, clock, random, new Acts(Steps.NONE));
  }

  static Quarantine open(
      Path directory, Duration retention, InstantSource clock, RandomGenerator random, Acts acts)
      throws IOException {
    return new Quarantine(
        NeededPrograms.ids(), Vault.open(directory, acts), acts, retention, clock, random);
  }

  JournalRecord.Take intent(RemovalPlan plan, Part part) {
    var now = clock.instant();
    return new JournalRecord.Take(
        HeldId.fresh(random),
        plan.rule(),
        plan.item(),
        plan.owner(),
        part.path(),
        part.id(),
        part.kind(),
        now,
        now.plus(retention),
        plan.reasons());
  }

  /// Whether it is, under any name, a program that the machine needs.
  boolean spares(FileId file) {
    return needed.contains(file);
  }

  /// All that was ever taken and is in the journal, with what became of it.
  SequencedMap<HeldId, Holding> holdings() {
    return Holding.fold(vault.journal().records());
  }

  /// Removes for good what is held, once the journal says that it is to be.
  ///
  /// @param owner who owned it
  void purge(Holding holding, int owner) throws IOException, RefusedException {
    var id = holding.take().id();
    TreeRemoval.remove(vault.held(), Vault.name(id), owner, acts);
    vault.journal().append(new JournalRecord.Purged(id));
  }

  Vault vault() {
    return vault;
  }

  Acts acts() {
    return acts;
  }

  RandomGenerator random() {
    return random;
  }

  @Override
  public void close() {
    vault.close();
  }
}
