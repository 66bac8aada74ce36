package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.UnreadableException;
import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads XML records of other programs as data: no document type is looked at, so that nothing is
/// fetched and no entity is there to grow; an entity that only a document type could declare is an
/// error.
public final class Xml {
  private Xml() {}

  /// Takes what it wants of the events of one document.
  @FunctionalInterface
  public interface Reading {
    void of(XMLStreamReader xml) throws XMLStreamException, UnreadableException;
  }

  /// Shows a document to `reading`, from its start.
  ///
  /// @param file named in errors, which quote nothing of the document
  /// @throws UnreadableException if it is no well-formed XML as far as it is read
  public static void read(byte[] document, BytePath file, Reading reading)
      throws UnreadableException {
    try {
      var xml = factory().createXMLStreamReader(new ByteArrayInputStream(document));
      try {
        reading.of(xml);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException | RuntimeException e) {
      // The JDK's reader also fails in other ways, such as for want of a message of its own.
      throw Metadata.malformed(file, "is no XML that can be read");
    }
  }

  /// A factory is not thread-safe while it is being set up, and cheap.
  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver((_, _, _, _) -> {
      throw new XMLStreamException("nothing outside of the document is read");
    });
    return factory;
  }
}
