package dev.interdict.agent.sync;

import dev.interdict.agent.pipe.Frames;
import dev.interdict.json.JsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/// The guard's end of the pipe to the worker.
public final class SyncPipe {
  private static final int MOST_RESULT = 1 << 20;

  private SyncPipe() {}

  /// Writes the job, the verified files to start from and the bodies of its posts.
  public static void ask(SyncJob job, List<byte[]> bodies, Stage stage, OutputStream out)
      throws IOException {
    Frames.write(out, job.write());
    stage.send(out);
    for (var body : bodies) {
      Frames.write(out, body);
    }
    out.flush();
  }

  /// Reads what the worker brings back, and puts what it fetched on the stage.
  ///
  /// @throws IOException if it ends first or answers something else
  public static SyncResult result(InputStream in, Stage stage) throws IOException {
    stage.clear();
    Parcels.read(in, stage::put);
    var frame = Frames.read(in, MOST_RESULT);
    if (frame == null) {
      throw new EOFException("it ended without a result");
    }
    try {
      return SyncResult.read(frame);
    } catch (JsonException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }
}
