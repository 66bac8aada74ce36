package dev.interdict.agent.platform.session;

import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Receipt.Reason;
import dev.interdict.agent.pipe.Frames;
import dev.interdict.agent.platform.Command;
import dev.interdict.agent.platform.Conversation;
import dev.interdict.json.JsonException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/// The guard's side of every errand: starts a worker, hands it the errand, and waits for its one
/// answer. A worker that has shown something on a desktop is left alone until the notice is gone,
/// another one takes its place, or its command's limit ends it; no thread waits for it.
/// Thread-safe.
///
/// Whatever a worker does costs the guard no more than `patience` and the bytes of one answer.
public final class Workers implements AutoCloseable {
  /// How long a worker may live; it is killed then.
  public static final Duration LIFE = Duration.ofMinutes(15);

  /// How long a worker hears the buttons of its notice. It is left the time to take away what
  /// nobody would hear any more, since its life began before the notice was up.
  static final Duration HEARS = LIFE.minusMinutes(1);

  private final Duration patience;
  private final InstantSource clock;
  private final OpenNotices open = new OpenNotices();

  /// @param patience from a worker's start to its answer
  public Workers(Duration patience, InstantSource clock) {
    this.patience = patience;
    this.clock = clock;
  }

  /// Sends `worker` to show `errand` on `channel`, and says what came of it.
  public Receipt show(Command worker, Errand errand, Receipt.Channel channel) {
    try {
      return switch (ask(worker, errand)) {
        case Answer.Shown _ -> new Receipt.Shown(channel, clock.instant());
        case Answer.NoSession _ -> new Receipt.NoSession();
        case Answer.DoNotDisturb(var wish) -> new Receipt.DoNotDisturb(wish);
        case Answer.TimeLimit _ -> new Receipt.Failed(Reason.TIME_LIMIT);
        case Answer.SessionError _ -> new Receipt.Failed(Reason.SESSION_ERROR);
        case Answer.Text _ -> new Receipt.Failed(Reason.BAD_ANSWER);
      };
    } catch (NoAnswerException e) {
      return e.receipt();
    }
  }

  /// Sends `worker` on `errand`.
  ///
  /// @return what it says
  /// @throws NoAnswerException if it could not be started, or says nothing that is an answer
  public Answer ask(Command worker, Errand errand) throws NoAnswerException {
    Conversation conversation;
    try {
      conversation = worker.start();
    } catch (IOException e) {
      throw new NoAnswerException(Reason.NOT_STARTED);
    }
    var stays = false;
    try {
      hand(conversation, errand.replacing(open.replacedBy(errand.notice())).bytes());
      var answer = Answer.read(FirstFrame.of(conversation, Answer.MOST_BYTES, patience));
      if (answer instanceof Answer.Shown(var handle) && errand.way() == Errand.Way.DESKTOP) {
        open.put(errand.notice(), handle, conversation);
        stays = true;
      }
      return answer;
    } catch (JsonException e) {
      throw new NoAnswerException(Reason.BAD_ANSWER);
    } finally {
      if (!stays) {
        conversation.close();
      }
    }
  }

  /// Writes from a thread of its own, since a worker that does not read must not hold us up.
  private static void hand(Conversation conversation, byte[] errand) {
    Thread.ofVirtual()
        .name("errand")
        .start(() -> {
          try (var stream = conversation.input()) {
            Frames.write(stream, errand);
          } catch (IOException e) {
            // It ended without reading everything; its answer, or that there is none, says so.
          }
        });
  }

  /// Ends every worker that still hears buttons.
  @Override
  public void close() {
    open.close();
  }
}
