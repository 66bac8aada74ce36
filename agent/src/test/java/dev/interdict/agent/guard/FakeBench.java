package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.FakeUninstallation;
import dev.interdict.agent.enforce.Foreseen;
import dev.interdict.agent.enforce.Hands;
import dev.interdict.agent.enforce.Held;
import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.enforce.StandingStub;
import dev.interdict.agent.enforce.Uninstallation;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Part;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A bench whose quarantine is a list. Its hands write down what they do.
final class FakeBench implements Bench, Hands {
  final List<Held> held = new ArrayList<>();
  final List<Part> programs = new ArrayList<>();
  final List<StandingStub> stubs = new ArrayList<>();
  final List<String> done = new ArrayList<>();
  Outcome taking = new Outcome.Done();
  Outcome stopping = new Outcome.AlreadyDone();
  Outcome forecast = new Outcome.Done();
  Outcome removal = new Outcome.Done();
  Set<FileId> uninstalledPrograms = Set.of();
  boolean broken;
  @Nullable Foreseen foreseen;

  @Override
  public <T> T at(Function<Hands, T> work) throws IOException {
    if (broken) {
      throw new IOException("cannot open the machine");
    }
    return work.apply(this);
  }

  void hold(String id, @Nullable Home owner, String path) {
    hold(id, owner, path, FileKind.DIRECTORY);
  }

  void hold(String id, @Nullable Home owner, String path, FileKind kind) {
    held.add(
        new Held(
            new HeldId(id.repeat(32)),
            Scene.RULE,
            "npm package",
            owner,
            BytePath.parse(path),
            kind,
            2048,
            Scene.EFFECTIVE,
            Scene.EFFECTIVE.plus(Duration.ofDays(30)),
            Map.of()));
  }

  @Override
  public Outcome take(RemovalPlan plan, Part part) {
    done.add("take " + part.path());
    return taking;
  }

  @Override
  public @Nullable Foreseen foresee(RemovalPlan plan, Part part) {
    return foreseen;
  }

  @Override
  public List<Part> programs(ManagedPackage managed) {
    return List.copyOf(programs);
  }

  @Override
  public List<StandingStub> stubs() {
    return List.copyOf(stubs);
  }

  @Override
  public Outcome takeStub(StandingStub stub) {
    stubs.remove(stub);
    return new Outcome.Done();
  }

  @Override
  public Outcome removeEmpty(RemovalPlan plan, BytePath directory) {
    return new Outcome.AlreadyDone();
  }

  @Override
  public Uninstallation uninstallation(ManagedPackage managed) {
    return new FakeUninstallation(
        forecast, List.of(), Set.of(), uninstalledPrograms, removal, done);
  }

  @Override
  public Outcome stop(Set<FileId> files, Duration grace) {
    done.add("stop " + files.stream().map(FileId::inode).sorted().toList());
    return stopping;
  }

  @Override
  public Outcome giveBack(HeldId id) {
    done.add("give back " + id.text().charAt(0));
    held.removeIf(thing -> thing.id().equals(id));
    return new Outcome.Done();
  }

  @Override
  public List<Held> held() {
    return List.copyOf(held);
  }

  @Override
  public int purge(Instant now) {
    return 0;
  }
}
