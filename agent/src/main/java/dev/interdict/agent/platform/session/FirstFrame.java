package dev.interdict.agent.platform.session;

import dev.interdict.agent.notice.Receipt.Reason;
import dev.interdict.agent.pipe.Frames;
import dev.interdict.agent.platform.Conversation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

/// Waits for the first message of a worker.
///
/// It looks at the pipe in turn and never blocks on it: a read would last as long as anybody keeps
/// the other end open, which need not be the process that we started.
final class FirstFrame {
  private static final int LENGTH = 4;

  private FirstFrame() {}

  /// The message.
  ///
  /// @param most bytes of it
  /// @throws NoAnswerException if none comes in time, it is too long, or the worker ended before
  static byte[] of(Conversation worker, int most, Duration patience) throws NoAnswerException {
    var until = System.nanoTime() + patience.toNanos();
    var heard = new ByteArrayOutputStream();
    try {
      for (var pause = 1; ; pause = Math.min(pause * 2, 20)) {
        var alive = worker.isAlive();
        var size = Math.min(worker.output().available(), LENGTH + most - heard.size());
        heard.write(worker.output().readNBytes(size));
        if (whole(heard, most)) {
          var message = Frames.read(new ByteArrayInputStream(heard.toByteArray()), most);
          return message == null ? new byte[0] : message;
        }
        if (!alive && size == 0) {
          throw new NoAnswerException(Reason.NOT_STARTED);
        }
        if (System.nanoTime() - until >= 0) {
          throw new NoAnswerException(Reason.TIME_LIMIT);
        }
        Thread.sleep(pause);
      }
    } catch (IOException e) {
      throw new NoAnswerException(Reason.BAD_ANSWER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException(Reason.TIME_LIMIT);
    }
  }

  private static boolean whole(ByteArrayOutputStream heard, int most) throws IOException {
    if (heard.size() < LENGTH) {
      return false;
    }
    var bytes = heard.toByteArray();
    var length =
        (bytes[0] & 0xffL) << 24
            | (bytes[1] & 0xffL) << 16
            | (bytes[2] & 0xffL) << 8
            | bytes[3] & 0xffL;
    if (length > most) {
      throw new IOException("an answer of " + length + " bytes, limit is " + most);
    }
    return bytes.length >= LENGTH + length;
  }
}
