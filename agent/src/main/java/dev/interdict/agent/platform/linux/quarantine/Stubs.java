package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.Holding;
import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.enforce.StandingStub;
import dev.interdict.agent.enforce.StubState;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Leaves stubs where commands were taken, and takes them away again. A stub belongs to whom its
/// folder belongs, who may do with it what they like: it is ours for as long as it holds, byte for
/// byte, what the journal says, and is no concern of ours after that.
///
/// It is made ready beside its place and renamed to it, never over something else; on its way out
/// it is renamed beside it, looked at there, and removed or put back.
final class Stubs {
  /// How long a stub stands.
  static final Duration LIFE = Duration.ofDays(30);

  /// How every stub begins.
  private static final byte[] BEGIN =
      "#!/bin/sh\nprintf '%s\\n' '".getBytes(StandardCharsets.US_ASCII);

  private final Vault vault;
  private final Acts acts;

  Stubs(Vault vault, Acts acts) {
    this.vault = vault;
    this.acts = acts;
  }

  SequencedMap<HeldId, StubState> all() {
    return StubState.fold(vault.journal().records());
  }

  private static byte[] aside(HeldId id) {
    return (".interdict-" + id.text() + ".stub").getBytes(StandardCharsets.US_ASCII);
  }

  /// @throws IOException if the machine does not let us; the journal says how far we came
  Outcome leave(Holding holding, byte[] content, Place place) throws IOException, RefusedException {
    var id = holding.take().id();
    var now = vault.journal();
    try (var parent = open(place)) {
      if (Taking.there(parent, place.name())) {
        throw occupied();
      }
      now.append(new JournalRecord.Stub(id, Lists.digest(content), holding.take().at().plus(LIFE)));
      try {
        make(id, content, place, parent);
        acts.rename(parent, aside(id), parent, place.name());
        acts.fsync(parent);
      } catch (KernelException e) {
        clear(id, parent);
        now.append(new JournalRecord.Unstubbed(id));
        if (e.errno() == Errno.EEXIST) {
          throw occupied();
        }
        throw Place.refusal(e);
      }
    }
    now.append(new JournalRecord.Stubbed(id));
    return new Outcome.Done();
  }

  private static Fd open(Place place) throws KernelException, RefusedException {
    var parent = place.parentIfThere();
    if (parent == null) {
      throw new RefusedException(Refusal.CHANGED, "the folder of the command is gone");
    }
    return parent;
  }

  private static RefusedException occupied() {
    return new RefusedException(Refusal.OCCUPIED, "something else has its name now");
  }

  /// The stub, ready beside its place.
  private void make(HeldId id, byte[] content, Place place, Fd parent) throws KernelException {
    try (var made = acts.create(parent, aside(id))) {
      acts.write(made, content, content.length);
      acts.chown(made, place.owner(), Kernel.stat(parent).gid());
      acts.chmod(made, 0755);
      acts.fsync(made);
    }
  }

  /// Removes a stub, or what was begun of it, from beside its place. What else lies there was put
  /// there by its user, and stays.
  private void clear(HeldId id, Fd parent) throws KernelException {
    try {
      if (Taking.there(parent, aside(id)) && isBegun(Lists.read(parent, aside(id)))) {
        acts.unlink(parent, aside(id));
      }
    } catch (RefusedException e) {
      // No file, so none of ours.
      return;
    }
    acts.fsync(parent);
  }

  private static boolean isBegun(byte[] content) {
    var most = Math.min(content.length, BEGIN.length);
    return Arrays.equals(content, 0, most, BEGIN, 0, most);
  }

  /// The stub, if it stands in its place as it was made.
  @Nullable StandingStub standing(StubState state, Place place)
      throws KernelException, RefusedException {
    var take = state.take();
    try (var parent = place.parentIfThere()) {
      if (parent == null || !state.resting() || !ours(state, parent, place.name())) {
        return null;
      }
      return new StandingStub(
          take.id(),
          take.rule(),
          take.owner(),
          take.path(),
          Kernel.stat(parent, place.name()).id(),
          state.stub().until());
    }
  }

  private static boolean ours(StubState state, Fd parent, byte[] name) throws KernelException {
    return Lists.has(parent, name, state.stub().sha256());
  }

  Outcome take(StubState state, Place place) throws IOException, RefusedException {
    var id = state.take().id();
    try (var parent = place.parentIfThere()) {
      if (parent == null || !ours(state, parent, place.name())) {
        // Whatever is there now is somebody else's.
        vault.journal().append(new JournalRecord.Unstubbed(id));
        return new Outcome.AlreadyDone();
      }
      vault.journal().append(new JournalRecord.Unstub(id));
      remove(state, place, parent);
      return new Outcome.Done();
    }
  }

  /// The stub goes beside its place and from there; what is none goes back.
  private void remove(StubState state, Place place, Fd parent)
      throws IOException, RefusedException {
    var aside = aside(state.take().id());
    if (!Taking.there(parent, aside) && ours(state, parent, place.name())) {
      acts.rename(parent, place.name(), parent, aside);
    }
    if (ours(state, parent, aside)) {
      acts.unlink(parent, aside);
    } else if (Taking.there(parent, aside)) {
      acts.rename(parent, aside, parent, place.name());
    }
    acts.fsync(parent);
    vault.journal().append(new JournalRecord.Unstubbed(state.take().id()));
  }

  /// Goes on where a crash ended it: what was about to be left is left or is not, what was about to
  /// go goes.
  void recover(StubState state, Place place) throws IOException, RefusedException {
    var id = state.take().id();
    try (var parent = place.parentIfThere()) {
      if (parent == null) {
        vault.journal().append(new JournalRecord.Unstubbed(id));
      } else if (state.last() instanceof JournalRecord.Unstub) {
        remove(state, place, parent);
      } else {
        clear(id, parent);
        vault
            .journal()
            .append(
                ours(state, parent, place.name())
                    ? new JournalRecord.Stubbed(id)
                    : new JournalRecord.Unstubbed(id));
      }
    }
  }
}
