package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Hands that only write down what they were asked to do.
public final class FakeHands implements Hands {
  /// One line for each act.
  public final List<String> done = new ArrayList<>();

  /// The part that has changed since it was seen.
  public @Nullable Part refuse;

  /// What a package manager foresees, and what then comes of it.
  public Outcome forecast = new Outcome.Done();

  public Outcome removal = new Outcome.Done();
  public List<Part> files = List.of();
  public Set<FileId> scripts = Set.of();
  public Set<FileId> programs = Set.of();

  @Override
  public Outcome take(RemovalPlan plan, Part part) {
    done.add("take " + part.path());
    return part.equals(refuse) ? new Outcome.Refused(Refusal.CHANGED, "") : new Outcome.Done();
  }

  @Override
  public Outcome amend(RemovalPlan plan, Amendment amendment) {
    done.add("amend " + amendment.file());
    return new Outcome.Done();
  }

  @Override
  public Outcome removeEmpty(RemovalPlan plan, BytePath directory) {
    done.add("empty " + directory);
    return new Outcome.Done();
  }

  @Override
  public Uninstallation uninstallation(ManagedPackage managed) {
    done.add("ask " + managed.manager() + " of " + managed.purl().name());
    return new FakeUninstallation(forecast, files, scripts, programs, removal, done);
  }

  @Override
  public Outcome stop(Set<FileId> files, Duration grace) {
    done.add("stop " + files.stream().map(FileId::inode).sorted().toList());
    return new Outcome.Done();
  }

  @Override
  public Outcome giveBack(HeldId id) {
    done.add("give back " + id.text());
    return new Outcome.Done();
  }

  @Override
  public List<Held> held() {
    return List.of();
  }

  @Override
  public int purge(Instant now) {
    return 0;
  }
}
