package dev.interdict.agent.sync;

import dev.interdict.agent.state.Uplink;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Beacon;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What the guard asks the worker to do in one run. On the pipe copies of the guard's verified
/// metadata follow ([Parcels]), then the bodies of `posts`, one frame each, in order.
///
/// @param server base address of the device listener
/// @param now the guard's trusted time, in place of this process's clock
/// @param nonce 64 hex digits that the server signs together with its time
/// @param targets the signed documents to fetch
/// @param uplink by what way the server is reached
/// @param beacons hosts to look for, by which signed rules know the corporate network; of more than
///   [BeaconWatch#MOST] the first
public record SyncJob(
    URI server,
    Instant now,
    String nonce,
    List<String> targets,
    List<Post> posts,
    List<Beacon> beacons,
    Uplink uplink) {
  /// A job that looks for no beacon, straight to the server.
  public SyncJob(URI server, Instant now, String nonce, List<String> targets, List<Post> posts) {
    this(server, now, nonce, targets, posts, List.of(), Uplink.STRAIGHT);
  }

  public SyncJob {
    beacons = List.copyOf(beacons);
    targets = List.copyOf(targets);
    posts = List.copyOf(posts);
  }

  /// A signed request; its body travels beside it.
  ///
  /// @param sequence names the report in the answer
  public record Post(long sequence, String path, SequencedMap<String, String> headers) {}

  byte[] write() {
    var posts = new ArrayList<Json>();
    for (var post : this.posts) {
      var headers = Json.object();
      post.headers().forEach(headers::put);
      posts.add(
          Json.object()
              .put("sequence", post.sequence())
              .put("path", post.path())
              .put("headers", headers.build())
              .build());
    }
    return JsonWriter.compact(
        Json.object()
            .put("server", server.toString())
            .put("now", now.toEpochMilli())
            .put("nonce", nonce)
            .put("targets", Json.texts(targets))
            .put("posts", posts)
            .put("beacons", beacons.stream().<Json>map(Beacon::json).toList())
            .put("uplink", uplink.json().build())
            .build());
  }

  static SyncJob read(byte[] frame) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(frame, JsonLimits.OWN), faults);
    var way = fields.optionalObject("uplink");
    var uplink = way == null ? Uplink.STRAIGHT : Uplink.read(way);
    if (way != null) {
      way.end();
    }
    var job =
        new SyncJob(
            fields.parsed("server", URI::create, URI.create("http://127.0.0.1/")),
            Instant.ofEpochMilli(fields.integer("now", 0, 1L << 52)),
            fields.text("nonce"),
            fields.texts("targets"),
            fields.list("posts", (item, at) -> readPost(Fields.of(item, at, faults))),
            fields.list("beacons", (item, at) -> Beacon.read(Fields.of(item, at, faults))),
            uplink);
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException("job not understood: " + faults.getFirst());
    }
    return job;
  }

  private static Post readPost(Fields fields) {
    SequencedMap<String, String> headers = new LinkedHashMap<>();
    var written = fields.object("headers");
    for (var name : List.copyOf(written.names())) {
      headers.put(name, written.text(name));
    }
    var post =
        new Post(fields.integer("sequence", 0, Long.MAX_VALUE), fields.text("path"), headers);
    fields.end();
    return post;
  }
}
