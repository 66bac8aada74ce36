package dev.interdict.simulation;

import dev.interdict.agent.sync.Line;
import dev.interdict.server.http.HttpResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/// The sync worker's line into the simulated network.
record WorkstationLine(Network network, Workstation from) implements Line {
  @Override
  public Answer get(String path, int limit) throws IOException {
    return answer(network.send(from, "GET", path, Map.of(), new byte[0]), limit);
  }

  @Override
  public Answer post(String path, Map<String, String> headers, byte[] body, int limit)
      throws IOException {
    return answer(network.send(from, "POST", path, headers, body), limit);
  }

  private static Answer answer(HttpResponse answer, int limit) {
    var body = answer.body();
    return new Answer(
        answer.status(), body.length > limit + 1 ? Arrays.copyOf(body, limit + 1) : body, null);
  }

  @Override
  public void close() {}
}
