package dev.interdict.server.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Presents a new certificate once its files have changed, without a restart. Files that cannot be
/// read change nothing: the certificate before goes on, and the log says why.
public final class TlsReload implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsReload.class);

  private final Tls tls;
  private final List<Path> files;
  private final Loader loader;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tls-reload").daemon().factory());
  private List<String> seen;
  private String trouble = "";

  /// Reads the files anew.
  @FunctionalInterface
  public interface Loader {
    Tls load() throws IOException;
  }

  private TlsReload(Tls tls, List<Path> files, Loader loader) {
    this.tls = tls;
    this.files = List.copyOf(files);
    this.loader = loader;
    this.seen = marks();
  }

  /// Looks every `period` whether `files` have changed.
  public static TlsReload start(Tls tls, List<Path> files, Loader loader, Duration period) {
    var reload = new TlsReload(tls, files, loader);
    var _ =
        reload.schedule.scheduleWithFixedDelay(
            reload::look, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    return reload;
  }

  /// Looks now.
  public synchronized void look() {
    try {
      var now = marks();
      if (now.equals(seen)) {
        return;
      }
      // Written file by file, they may not fit each other yet: then it is tried again.
      tls.adopt(loader.load());
      seen = now;
      LOG.atInfo().addKeyValue("files", files).log("a new certificate is presented from now on");
      trouble = "";
    } catch (IOException | RuntimeException e) {
      // Said once, and not at each look.
      if (!e.toString().equals(trouble)) {
        trouble = e.toString();
        LOG.atWarn().setCause(e).log("the new certificate cannot be read, the one before goes on");
      }
    }
  }

  private List<String> marks() {
    var marks = new ArrayList<String>();
    for (var file : files) {
      try {
        marks.add(Files.getLastModifiedTime(file).toMillis() + ":" + Files.size(file));
      } catch (IOException e) {
        marks.add("missing");
      }
    }
    return marks;
  }

  @Override
  public void close() {
    schedule.shutdownNow();
  }
}
