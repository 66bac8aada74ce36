package dev.interdict.agent.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.pipe.Frames;
import dev.interdict.agent.state.Uplink;
import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Beacon;
import dev.interdict.report.Look;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Both ends of the pipe between the guard and the worker that talks to the network.
class SyncFuzzTest {
  @TempDir Path folder;

  private static final SyncResult RESULT =
      new SyncResult(
          true,
          "{\"signed\":{}}",
          List.of(new SyncResult.Answer(7, 204, 0)),
          List.of(new Look(Instant.parse("2026-07-10T00:00:00Z"), "li.na", "viewer")),
          List.of(new Beacon("10.0.0.1", 443, "a".repeat(64))),
          "all well");

  @Test
  void what_the_guard_asks() throws InterruptedException {
    var headers = new LinkedHashMap<String, String>();
    headers.put("signature", "interdict=:AA==:");
    var job =
        new SyncJob(
            URI.create("https://policy.example.com/"),
            Instant.parse("2026-07-10T00:00:00Z"),
            "ab".repeat(32),
            List.of("blocklist/global.json"),
            List.of(new SyncJob.Post(7, "/v1/reports", headers)),
            List.of(new Beacon("intranet.example.com", 8443, "0".repeat(64))),
            new Uplink("pem", "proxy.example.com:3128"));
    Fuzz.of("sync-job")
        .seeds(job.write())
        .refuses(JsonException.class)
        .run(input -> assertEquals(SyncJob.read(input), SyncJob.read(SyncJob.read(input).write())));
  }

  @Test
  void what_the_worker_answers() throws InterruptedException {
    Fuzz.of("sync-result")
        .seeds(RESULT.write(), SyncResult.unreached("no route").write())
        .refuses(JsonException.class)
        .run(input -> {
          var read = SyncResult.read(input);
          assertEquals(read, SyncResult.read(read.write()));
        });
  }

  @Test
  void the_answer_on_the_pipe() throws Exception {
    var out = new ByteArrayOutputStream();
    Parcels.write(out, "3.root.json", new byte[] {'{', '}'});
    Parcels.write(out, "targets/blocklist/00.global.json", new byte[] {'[', ']'});
    Parcels.end(out);
    Frames.write(out, RESULT.write());
    var folders = new Stage(folder.resolve("trust"), folder.resolve("stage"));
    Fuzz.of("sync-pipe")
        .seeds(out.toByteArray())
        .refuses(IOException.class)
        .run(input -> SyncPipe.result(new ByteArrayInputStream(input), folders));
  }
}
