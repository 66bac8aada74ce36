package dev.interdict.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts of a request that a device's signature covers: all that decides what the request does.
/// The host is not among them, since a proxy may rename it.
///
/// @param method in upper case
/// @param path as sent, percent-encoding untouched
/// @param query as sent, without the question mark; null where there is none
/// @param contentDigest the `Content-Digest` field of the body; an empty body has one too
/// @param sequence the `Interdict-Sequence` field
public record RequestParts(
    String method, String path, @Nullable String query, String contentDigest, long sequence) {

  List<SignatureBase.Component> components() {
    var components = new ArrayList<SignatureBase.Component>();
    components.add(new SignatureBase.Component("@method", method));
    components.add(new SignatureBase.Component("@path", path));
    if (query != null) {
      components.add(new SignatureBase.Component("@query", "?" + query));
    }
    components.add(new SignatureBase.Component(Headers.CONTENT_DIGEST, contentDigest));
    components.add(new SignatureBase.Component(Headers.SEQUENCE, Long.toString(sequence)));
    return components;
  }
}
