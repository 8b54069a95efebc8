import { say } from "./words.js";

const REFUSED = 1;
const WAIT = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 };

/** Where the person is, asked only because they tapped, and explained when the browser says no. */
export function place(button, { send, notice }) {
  button.addEventListener("click", async () => {
    if (!isSecureContext || !navigator.geolocation) {
      notice(say("place-insecure"));
      return;
    }
    notice(await willBeAsked() ? say("place-why") : say("place-finding"));
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.disabled = false;
        notice("");
        send({ latitude: coords.latitude, longitude: coords.longitude });
      },
      (error) => {
        button.disabled = false;
        notice(say(error.code === REFUSED ? "place-refused" : "place-failed"));
      },
      WAIT,
    );
  });
}

async function willBeAsked() {
  try {
    return (await navigator.permissions.query({ name: "geolocation" })).state === "prompt";
  } catch {
    return true;
  }
}
