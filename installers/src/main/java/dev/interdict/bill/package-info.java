/// The bill of materials (CycloneDX) of a package: what the build knows of its libraries, held
/// against the jars that really lie in it, and the Java that it brings.
///
/// In: the module's bill, the package's jars, the runtime's folder. Out: one file, the same bytes
/// each time.
///
/// Never a bill that names what is not there, or leaves out what is.
@NullMarked
package dev.interdict.bill;

import org.jspecify.annotations.NullMarked;
