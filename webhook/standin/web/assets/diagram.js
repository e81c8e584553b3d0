// Draws the diagram that stands in the address's fragment, and keeps the frame as high as the picture.

const place = document.getElementById("diagram");
const dark = matchMedia("(prefers-color-scheme: dark)");
let drawn = 0;

async function draw() {
  const text = decodeURIComponent(location.hash.slice(1));
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    theme: dark.matches ? "dark" : "default",
    fontFamily: "ui-sans-serif, system-ui, sans-serif",
  });
  try {
    drawn += 1;
    const { svg } = await mermaid.render(`picture-${drawn}`, text);
    place.innerHTML = svg;
    place.classList.remove("failed");
  } catch (error) {
    place.textContent = `Unable to draw this diagram: ${error.message}`;
    place.classList.add("failed");
  }
}

addEventListener("hashchange", draw);
dark.addEventListener("change", draw);
new ResizeObserver(() => {
  if (frameElement) frameElement.style.height = `${Math.ceil(place.getBoundingClientRect().height)}px`;
}).observe(place);
draw();
