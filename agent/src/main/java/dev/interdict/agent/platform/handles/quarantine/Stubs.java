package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.Holding;
import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.enforce.StandingStub;
import dev.interdict.agent.enforce.StubState;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Opened;
import dev.interdict.agent.platform.handles.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
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

  private static final int LONGEST = 64 << 10;

  /// How every stub begins, for a shell and for Windows.
  private static final List<byte[]> BEGINS =
      List.of(ascii("#!/bin/sh\nprintf '%s\\n' '"), ascii("@echo off\r\nsetlocal "));

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
    return ascii(".interdict-" + id.text() + ".stub");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// @throws IOException if the machine does not let us; the journal says how far we came
  Outcome leave(Holding holding, byte[] content, Place place) throws IOException, RefusedException {
    var id = holding.take().id();
    var now = vault.journal();
    try (var parent = open(place)) {
      if (Place.there(acts.disk(), parent, place.name())) {
        throw occupied();
      }
      now.append(new JournalRecord.Stub(id, digest(content), holding.take().at().plus(LIFE)));
      try {
        make(id, content, parent);
        acts.move(parent, aside(id), parent, place.name());
        acts.sync(parent);
      } catch (DiskException e) {
        clear(id, parent);
        now.append(new JournalRecord.Unstubbed(id));
        if (e.trouble() == Trouble.OCCUPIED) {
          throw occupied();
        }
        throw Place.refusal(e);
      }
    }
    now.append(new JournalRecord.Stubbed(id));
    return new Outcome.Done();
  }

  private static Opened open(Place place) throws DiskException, RefusedException {
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
  private void make(HeldId id, byte[] content, Opened parent) throws DiskException {
    var folder = acts.disk().look(parent);
    try (var made = acts.makeFile(parent, aside(id))) {
      acts.write(made, content, content.length);
      var now = acts.disk().look(made);
      acts.dress(made, new Node(now.kind(), now.id(), folder.owner(), 0755, 1, now.size()));
      acts.sync(made);
    }
  }

  /// Removes a stub, or what was begun of it, from beside its place. What else lies there was put
  /// there by its user, and stays.
  private void clear(HeldId id, Opened parent) throws DiskException {
    if (Place.there(acts.disk(), parent, aside(id))
        && acts.disk().look(parent, aside(id)).kind() == FileKind.REGULAR
        && isBegun(parent, aside(id))) {
      acts.remove(parent, aside(id));
    }
  }

  private boolean isBegun(Opened parent, byte[] name) throws DiskException {
    try (var file = acts.disk().open(parent, name)) {
      var content = read(file);
      return BEGINS.stream()
          .anyMatch(begin -> {
            var most = Math.min(content.length, begin.length);
            return Arrays.equals(content, 0, most, begin, 0, most);
          });
    }
  }

  /// The stub, if it stands in its place as it was made.
  @Nullable StandingStub standing(StubState state, Place place)
      throws DiskException, RefusedException {
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
          acts.disk().look(parent, place.name()).id(),
          state.stub().until());
    }
  }

  /// Whether a regular file of that name is there and has that content.
  private boolean ours(StubState state, Opened parent, byte[] name) throws DiskException {
    try {
      if (acts.disk().look(parent, name).kind() != FileKind.REGULAR) {
        return false;
      }
      try (var file = acts.disk().open(parent, name)) {
        return state.stub().sha256().equals(digest(read(file)));
      }
    } catch (DiskException e) {
      return switch (e.trouble()) {
        case ABSENT, LINK, UNSUPPORTED -> false;
        case OCCUPIED, OTHER_VOLUME, IN_USE, NOT_EMPTY, DENIED, NO_SPACE, OTHER -> throw e;
      };
    }
  }

  /// No more than a stub can be long, and one byte.
  private byte[] read(Opened file) throws DiskException {
    var content = new byte[LONGEST + 1];
    var buffer = new byte[4096];
    var length = 0;
    for (var n = acts.disk().read(file, buffer);
        n > 0 && length < content.length;
        n = acts.disk().read(file, buffer)) {
      n = Math.min(n, content.length - length);
      System.arraycopy(buffer, 0, content, length, n);
      length += n;
    }
    return Arrays.copyOf(content, length);
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
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
  private void remove(StubState state, Place place, Opened parent)
      throws IOException, RefusedException {
    var aside = aside(state.take().id());
    if (!Place.there(acts.disk(), parent, aside) && ours(state, parent, place.name())) {
      acts.move(parent, place.name(), parent, aside);
    }
    if (ours(state, parent, aside)) {
      acts.remove(parent, aside);
    } else if (Place.there(acts.disk(), parent, aside)) {
      acts.move(parent, aside, parent, place.name());
    }
    acts.sync(parent);
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
