// Marks places on a map by pointer, by touch and by keys. Without it the same map is a picture that sends the form, and a
// button marks the neighbourhood that is chosen in a list. The form carries the marks in one hidden field; a new one is
// written as a point of the picture, which the server turns into a place.
const STEP = 10;
const SMALL = 1;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

function make(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

class Pick {
  constructor(part) {
    this.part = part;
    this.says = part.dataset;
    this.most = Number(this.says.most);
    this.field = part.closest("form").elements[this.says.field];
    this.image = part.querySelector("input[type=image]");
    this.list = part.querySelector("[data-pick-list]");
    this.status = part.querySelector("[data-pick-status]");
    this.width = Number(this.image.getAttribute("width"));
    this.height = Number(this.image.getAttribute("height"));
    this.around = document.getElementById(this.says.around || "");
    this.marks = [...this.list.children].map((line) => ({
      text: line.dataset.text, x: Number(line.dataset.x), y: Number(line.dataset.y), place: line.dataset.place,
    }));
    this.places = [];
    this.cross = { x: Math.round(this.width / 2), y: Math.round(this.height / 2) };
    this.build();
    this.draw();
    this.load();
  }

  build() {
    this.board = make("div", "lp-pick__board");
    this.board.tabIndex = 0;
    this.board.setAttribute("role", "application");
    this.board.setAttribute("aria-label", this.says.label);
    this.board.setAttribute("aria-describedby", "marks-keys");
    this.board.style.width = `${this.width}px`;
    this.board.style.height = `${this.height}px`;
    const picture = make("img", "lp-pick__picture");
    picture.src = this.says.picture;
    picture.alt = "";
    picture.width = this.width;
    picture.height = this.height;
    this.pointer = make("span", "lp-pick__cross");
    this.layer = make("span", "lp-pick__layer");
    this.board.append(picture, this.layer, this.pointer);
    this.image.hidden = true;
    this.image.after(this.board);
    this.part.querySelector("[data-pick-plain]").hidden = true;
    this.part.querySelector("[data-pick-keys]").hidden = false;
    this.board.addEventListener("keydown", (event) => this.press(event));
    this.board.addEventListener("click", (event) => this.click(event));
    this.list.addEventListener("click", (event) => this.takeFromList(event));
    this.around?.addEventListener("change", () => this.draw());
  }

  async load() {
    try {
      const answer = await fetch(this.says.near);
      if (answer.ok) this.places = (await answer.json()).places;
    } catch {
      // Without names a mark is told by its number alone.
    }
  }

  near({ x, y }) {
    let found = "", least = Infinity;
    for (const [east, north, name] of this.places) {
      const far = (east - x) ** 2 + (north - y) ** 2;
      if (far < least) [found, least] = [name, far];
    }
    return found;
  }

  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const move = MOVES[event.key];
    if (move) this.move(move, event.shiftKey ? SMALL : STEP);
    else if (event.key === "Enter" || event.key === " ") this.add(this.cross);
    else if (event.key === "Delete" || event.key === "Backspace") this.take(this.marks.length - 1);
    else return;
    event.preventDefault();
  }

  move([right, down], step) {
    const x = Math.min(Math.max(this.cross.x + right * step, 1), this.width - 1);
    const y = Math.min(Math.max(this.cross.y + down * step, 1), this.height - 1);
    const stood = x === this.cross.x && y === this.cross.y;
    const before = this.near(this.cross);
    this.cross = { x, y };
    this.place(this.pointer, this.cross);
    const place = this.near(this.cross);
    if (stood) this.tell(this.says.edge);
    else this.tell(fill(place === before ? this.says.still : this.says.at, { place }));
  }

  click(event) {
    const box = this.board.getBoundingClientRect();
    const left = box.left + this.board.clientLeft, top = box.top + this.board.clientTop;
    this.cross = { x: Math.round(event.clientX - left), y: Math.round(event.clientY - top) };
    this.add(this.cross);
  }

  add({ x, y }) {
    if (this.most === 1) this.marks = [];
    if (this.marks.length >= this.most) {
      this.tell(fill(this.says.full, { number: this.most }));
      return;
    }
    if (this.marks.some((each) => each.x === x && each.y === y)) return;
    const place = this.near({ x, y });
    this.marks.push({ text: `@${x},${y}`, x, y, place });
    this.draw();
    this.tell(fill(this.says.marked, { number: this.marks.length, place }));
  }

  take(index) {
    if (!this.marks[index]) return;
    this.marks.splice(index, 1);
    this.draw();
    this.tell(fill(this.says.off, { number: index + 1 }));
  }

  takeFromList(event) {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    const index = [...this.list.children].indexOf(button.closest("li"));
    this.take(index);
    const next = this.list.querySelectorAll("button")[Math.min(index, this.marks.length - 1)];
    (next ?? this.board).focus();
  }

  // The same words twice are not read aloud again, so a space of no width makes them others.
  tell(text) {
    this.status.textContent = text === this.status.textContent ? `${text}\u200b` : text;
  }

  place(thing, { x, y }) {
    thing.style.left = `${x}px`;
    thing.style.top = `${y}px`;
  }

  draw() {
    this.field.value = this.marks.map((each) => each.text).join(" ");
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.layer.replaceChildren(...this.marks.flatMap((each, index) => this.mark(each, index + 1)));
    this.list.replaceChildren(...this.marks.map((each, index) => this.line(each, index + 1)));
    this.place(this.pointer, this.cross);
  }

  mark(each, number) {
    const dot = make("span", "lp-pick__mark", String(number));
    this.place(dot, each);
    const metres = Number(this.around?.value || 0);
    if (!metres) return [dot];
    const circle = make("span", "lp-pick__circle");
    const size = (2 * metres) / Number(this.says.metres);
    circle.style.width = circle.style.height = `${size}px`;
    this.place(circle, each);
    return [circle, dot];
  }

  line(each, number) {
    const line = make("li", "");
    const { text, x, y, place } = each;
    Object.assign(line.dataset, { text, x, y, place });
    const take = make("button", "ds_button ds_button--secondary ds_button--small", fill(this.says.take, { number }));
    take.type = "button";
    line.append(make("span", "", fill(this.says.line, { number, place })), " ", take);
    return line;
  }
}

for (const part of document.querySelectorAll("[data-pick]")) new Pick(part);
