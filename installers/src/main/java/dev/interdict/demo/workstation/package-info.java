/// A sandbox that looks like a Linux workstation of two people: the banned product in its real
/// shapes, and everything that is easily mistaken for it.
///
/// In: an empty folder and a harmless program to stand in for the real ones. Out: the folder laid
/// out, and what must go and what must stay.
///
/// Never a vendor's code: programs are copies of the stand-in, scripts say what they are.
@NullMarked
package dev.interdict.demo.workstation;

import org.jspecify.annotations.NullMarked;
