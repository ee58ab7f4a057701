"""Names of many origins. Each is put together by lot; a likeness to anybody is chance."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """Where a name comes from: its share among the staff, the languages, given and family names."""

    share: float
    languages: tuple[str, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    double: bool = False
    """Two family names, as in Spanish."""


def words(text: str) -> tuple[str, ...]:
    """The words of a text; an underscore stands for a space inside a name."""
    return tuple(word.replace("_", " ") for word in text.split())


ORIGINS: dict[str, Origin] = {
    "latin": Origin(
        0.27,
        ("es", "en"),
        words(
            "Ana María Rosa Lucía Carmen Elena Teresa Beatriz Marisol Xóchitl Guadalupe Daniela Yolanda Esther "
            "José Luis Carlos Miguel Rafael Héctor Hugo Andrés Ramón Óscar Ernesto Julio Iván Tomás Paola Noemí "
            "Rocío Blanca Silvia Patricia Delia Inés Celia Gloria Norma Alma"
        ),
        words(
            "García Hernández López Martínez Ramírez Flores Díaz Castillo Ortiz Soto Ramos Núñez Peña Quispe "
            "Mamani Herrera Vargas Rojas Mejía Fuentes Aguilar Cruz Reyes Morales Salazar Campos Ávila Ibáñez"
        ),
        True,
    ),
    "filipino": Origin(
        0.11,
        ("tl", "en"),
        words(
            "Joy Grace Maricel Rowena Cherry Liza Divina Corazon Imelda Arnel Rodel Jun Dante Noel Rey Jerome "
            "Analyn Gemma Rosalie Emilio"
        ),
        words(
            "Aquino Santos Bautista Dizon Manalo Villanueva Pascual Mercado Salonga Tolentino Dela_Cruz "
            "Evangelista Lacson Magsaysay Abad"
        ),
    ),
    "african_american": Origin(
        0.12,
        ("en",),
        words(
            "Denise Latoya Keisha Monique Tamika Yvonne Regina Sheila Darnell Marcus Terrence Jamal Andre Curtis "
            "Reggie Ebony Aaliyah Simone Loretta Vernon"
        ),
        words(
            "Johnson Williams Jackson Robinson Harris Coleman Brooks Hayes Jefferson Banks Booker Gaines "
            "Washington Tate Dorsey Mayfield"
        ),
    ),
    "irish": Origin(
        0.13,
        ("en",),
        words(
            "Claire Marjorie Kathleen Peter Paul Daniel Sean Nora Bridget Eileen Maureen Brian Kevin Deirdre "
            "Fiona Grace Susan Linda Karen Thomas Megan Colin"
        ),
        words(
            "Walsh Murphy Byrne Doyle Marsh Kelly Sullivan Quinn Brennan Hughes Baker Turner Cooper Fletcher "
            "Ward Hayes O'Connor O'Neill"
        ),
    ),
    "west_african": Origin(
        0.10,
        ("en", "yo"),
        words(
            "Kofi Ama Kwame Abena Efua Yaw Ngozi Chidi Amara Emeka Ifeoma Tunde Folake Ruth Esther Samuel Grace "
            "Adaeze Oluchi Kojo"
        ),
        words(
            "Mensah Okafor Osei Boateng Adeyemi Bello Danso Owusu Nwosu Eze Balogun Asante Okonkwo Addo Diallo "
            "Sesay Kamara Ibrahim"
        ),
    ),
    "caribbean": Origin(
        0.07,
        ("ht", "fr", "en"),
        words("Marie Jean Rose Guerda Wilner Nadège Fabiola Widline Edner Yvrose Claudette Desmond Winston Sherryl"),
        words("Pierre Baptiste Joseph Louis Charles Toussaint Desrosiers Campbell Grant Clarke Bailey Étienne"),
    ),
    "south_asian": Origin(
        0.06,
        ("en", "hi"),
        words("Priya Anjali Sunita Meena Rajesh Vikram Sanjay Deepa Kavita Asha Noor Farhan Imran Shreya Mathew"),
        words("Singh Rao Patel Sharma Kaur Thomas Varghese Nair Khan Ahmed Gupta Das Chowdhury"),
    ),
    "vietnamese": Origin(
        0.04,
        ("vi", "en"),
        words("Linh Minh Thu Hoa Lan Tuan Hung Mai Phuong Duc Trang Quang"),
        words("Tran Nguyễn Lê Phạm Vu Dang Bui Do Ngo Lam"),
    ),
    "chinese": Origin(
        0.03,
        ("zh", "en"),
        words("Mei Li Wei Jun Hui Xia Ming Yan Lily Kevin"),
        words("Chen Wang Huang Lin Zhao Wu Xiong Ho Zhang Liu"),
    ),
    "polish": Origin(
        0.03,
        ("pl", "en"),
        words("Tomasz Agnieszka Ewa Krzysztof Małgorzata Piotr Hanna Zofia Marek Danuta"),
        words("Wilk Nowak Kowalska Zieliński Ćwiklińska Wójcik Mazur Lis Król"),
    ),
    "arabic": Origin(
        0.02,
        ("ar", "en"),
        words("Samir Layla Noor Hassan Amina Yusuf Rana Khalil Mariam Tarek"),
        words("Haddad Nasser Khoury Mansour Saleh Hassan Yusuf Abdallah"),
    ),
    "somali": Origin(
        0.02,
        ("so", "en"),
        words("Aisha Fadumo Hodan Abdi Ayaan Mohamed Sahra Ifrah"),
        words("Warsame Farah Jama Abdullahi Hersi Ali Omar"),
    ),
}
