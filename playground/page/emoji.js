/** The shortcodes a sales bot is likely to use. An unknown one is shown as its text, so it is noticed. */

const TABLE = `
white_check_mark ✅|heavy_check_mark ✔️|check ✔️|ballot_box_with_check ☑️|x ❌|heavy_multiplication_x ✖️|warning ⚠️|no_entry ⛔
no_entry_sign 🚫|rotating_light 🚨|bell 🔔|no_bell 🔕|mute 🔇|alarm_clock ⏰|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️
clock1 🕐|clock2 🕑|clock3 🕒|clock4 🕓|clock5 🕔|clock6 🕕|clock9 🕘|clock12 🕛|calendar 📆|date 📅|spiral_calendar_pad 🗓️|calendar_spiral 🗓️
dart 🎯|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|moneybag 💰|dollar 💵|euro 💶|pound 💷|credit_card 💳
money_with_wings 💸|coin 🪙|handshake 🤝|telephone_receiver 📞|phone ☎️|telephone ☎️|iphone 📱|email ✉️|envelope ✉️|e-mail 📧|incoming_envelope 📨
inbox_tray 📥|outbox_tray 📤|mailbox 📫|memo 📝|pencil 📝|pencil2 ✏️|clipboard 📋|page_facing_up 📄|bookmark 🔖|bookmark_tabs 📑|books 📚
book 📖|open_book 📖|notebook 📓|card_index 📇|file_folder 📁|open_file_folder 📂|paperclip 📎|link 🔗|pushpin 📌|round_pushpin 📍
mag 🔍|mag_right 🔎|bulb 💡|wrench 🔧|hammer 🔨|gear ⚙️|key 🔑|lock 🔒|unlock 🔓|shield 🛡️|question ❓|grey_question ❔|exclamation ❗
information_source ℹ️|speech_balloon 💬|thought_balloon 💭|loudspeaker 📢|mega 📣|eyes 👀|wave 👋|thumbsup 👍|+1 👍|thumbsdown 👎|-1 👎
clap 👏|raised_hands 🙌|pray 🙏|muscle 💪|point_right 👉|point_left 👈|point_up ☝️|point_down 👇|ok_hand 👌|v ✌️|fist ✊|raised_hand ✋
writing_hand ✍️|busts_in_silhouette 👥|bust_in_silhouette 👤|brain 🧠|tada 🎉|confetti_ball 🎊|trophy 🏆|medal 🏅|sports_medal 🏅
first_place_medal 🥇|second_place_medal 🥈|third_place_medal 🥉|star ⭐|star2 🌟|sparkles ✨|fire 🔥|zap ⚡|rocket 🚀|airplane ✈️
runner 🏃|walking 🚶|airplane_departure 🛫|airplane_arriving 🛬|checkered_flag 🏁|triangular_flag_on_post 🚩|white_flag 🏳️|construction 🚧
rain_cloud 🌧️|thunder_cloud_and_rain ⛈️|cloud ☁️|partly_sunny ⛅|barely_sunny 🌥️|sunny ☀️|sun_with_face 🌞|umbrella ☔|umbrella_with_rain_drops ☔
droplet 💧|sweat_drops 💦|rainbow 🌈|snowflake ❄️|snowman ⛄|crescent_moon 🌙|moon 🌙|sunrise 🌅|city_sunset 🌇|beach_with_umbrella 🏖️|palm_tree 🌴
seedling 🌱|herb 🌿|four_leaf_clover 🍀|evergreen_tree 🌲|coffee ☕|cake 🍰|birthday 🎂|pizza 🍕|beers 🍻|champagne 🍾|popcorn 🍿
red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣|white_circle ⚪|black_circle ⚫
large_green_square 🟩|large_yellow_square 🟨|large_red_square 🟥|large_orange_square 🟧|large_blue_square 🟦|white_large_square ⬜|black_large_square ⬛
small_red_triangle 🔺|small_red_triangle_down 🔻|arrow_up ⬆️|arrow_down ⬇️|arrow_right ➡️|arrow_left ⬅️|arrow_upper_right ↗️|arrow_lower_right ↘️
arrow_forward ▶️|rewind ⏪|fast_forward ⏩|repeat 🔁|arrows_counterclockwise 🔄|leftwards_arrow_with_hook ↩️|heavy_plus_sign ➕|heavy_minus_sign ➖
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|keycap_ten 🔟|100 💯|new 🆕|soon 🔜|zzz 💤|sos 🆘
smile 😄|smiley 😃|grinning 😀|grin 😁|slightly_smiling_face 🙂|wink 😉|blush 😊|sunglasses 😎|thinking_face 🤔|neutral_face 😐|joy 😂
cry 😢|sob 😭|sweat 😓|sweat_smile 😅|open_mouth 😮|scream 😱|relieved 😌|partying_face 🥳|nerd_face 🤓|robot_face 🤖|heart ❤️
green_heart 💚|blue_heart 💙|broken_heart 💔|gift 🎁|package 📦|shopping_trolley 🛒|office 🏢|house 🏠|factory 🏭|bank 🏦|globe_with_meridians 🌐
earth_africa 🌍|earth_americas 🌎|world_map 🗺️|compass 🧭|mortar_board 🎓|crystal_ball 🔮|game_die 🎲|jigsaw 🧩|balance_scale ⚖️|scales ⚖️|microscope 🔬
stethoscope 🩺|pill 💊|fishing_pole_and_fish 🎣|hole 🕳️|wastebasket 🗑️|recycle ♻️|ladder 🪜|bricks 🧱|abacus 🧮|label 🏷️|ticket 🎫|newspaper 📰|studio_microphone 🎙️|microphone 🎤
`;

const CODES = new Map(
  TABLE.trim().split(/[|\n]/).map((entry) => {
    const space = entry.indexOf(" ");
    return [entry.slice(0, space), entry.slice(space + 1)];
  }),
);

/** @returns {string|null} the character, or null when the shortcode is not in the table */
export function emoji(name) {
  return CODES.get(name.split("::")[0]) ?? null;
}

/** Every `:shortcode:` of the table replaced; the rest left as typed. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name) ?? whole);
}
